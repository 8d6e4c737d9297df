"""Figures of integration's usage over HTTP, for dashboards elsewhere: scope `usage:read`."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM
from preview.errors import InvalidInput
from preview.usage.programme.choosing import asked, chosen
from preview.usage.programme.figures import UsageForecast
from preview.usage.programme.standings import today_in_london
from preview.usage.programme.states import WORDS
from preview.usage.programme.telling import metrics_told, organisations_told
from preview.usage.queries import source_health


class WeekSerializer(serializers.Serializer[Any]):
    """One week of a metric."""

    week = serializers.DateField(help_text="Its Monday")
    value = serializers.JSONField(allow_null=True, help_text="Number; 1 to 4 people as text")
    state = serializers.CharField(help_text="What is known of the week")


class MetricSerializer(serializers.Serializer[Any]):
    """A metric and its weeks, two years at most."""

    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    definition = serializers.CharField()
    weeks = WeekSerializer(many=True)


class MetricsSerializer(serializers.Serializer[Any]):
    """All metrics."""

    metrics = MetricSerializer(many=True)


class OrganisationSerializer(serializers.Serializer[Any]):
    """How an organisation stands; names end in the days that they count."""

    organisation = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(sorted(WORDS))
    since = serializers.DateField(allow_null=True)
    last_use = serializers.DateField(allow_null=True)
    people_7 = serializers.CharField(help_text="Fewer than 5 people are told as 1 to 4")
    people_28 = serializers.CharField()
    sessions_7 = serializers.IntegerField()
    sessions_28 = serializers.IntegerField()
    training_28 = serializers.IntegerField()
    could_move_90 = serializers.IntegerField()
    blocked_90 = serializers.IntegerField()
    unknown_kind_90 = serializers.IntegerField()
    displacement = serializers.FloatField(allow_null=True)
    identified = serializers.FloatField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    apps = serializers.ListField(child=serializers.CharField())
    kinds = serializers.ListField(child=serializers.CharField())
    activities = serializers.ListField(child=serializers.CharField())
    part_of = serializers.CharField(help_text="The organisation that it is part of, or empty")


class OrganisationsSerializer(serializers.Serializer[Any]):
    """All organisations, those with most use first."""

    organisations = OrganisationSerializer(many=True)


class ForecastSerializer(serializers.Serializer[Any]):
    """When use ends as it looks today: a range, or why there is none."""

    day = serializers.DateField(help_text="The day of the forecast")
    early = serializers.DateField(allow_null=True, help_text="10 % of simulated ends come before")
    middle = serializers.DateField(allow_null=True)
    late = serializers.DateField(allow_null=True, help_text="10 % come after")
    refusal = serializers.CharField(help_text="Why there is no range, or empty")
    assumptions = serializers.ListField(child=serializers.CharField())


class SourceSerializer(serializers.Serializer[Any]):
    """How well a source of logs delivers."""

    slug = serializers.CharField(source="source.slug", help_text="The name of the source")
    lag_seconds = serializers.FloatField(
        source="lag", allow_null=True, help_text="Age of its newest line; null before the first"
    )
    silent = serializers.BooleanField(help_text="For twice as long as expected")
    lines_7 = serializers.IntegerField(source="lines", help_text="Read in 7 days")
    rejected_7 = serializers.IntegerField(source="rejected")
    waiting = serializers.IntegerField(help_text="Batches that were taken and not read yet")


class SourcesSerializer(serializers.Serializer[Any]):
    """All sources."""

    sources = SourceSerializer(many=True)


class UsageWeeksView(APIView):
    """The metrics by week."""

    scopes: ClassVar[dict[str, str]] = {"GET": "usage:read"}

    @extend_schema(responses={200: MetricsSerializer})
    def get(self, request: Request) -> Response:  # noqa: ARG002 (DRF's signature)
        """Get every metric with its weeks. A value that nobody knows is null, never 0."""
        return Response({"metrics": metrics_told()})


class UsageOrganisationsView(APIView):
    """The organisations and how they stand."""

    scopes: ClassVar[dict[str, str]] = {"GET": "usage:read"}

    @extend_schema(
        parameters=[
            OpenApiParameter("state", str, enum=sorted(WORDS)),
            OpenApiParameter("q", str, description="In the title"),
            OpenApiParameter("parent", str, description="With all below it, at any depth"),
            *(OpenApiParameter(name, str) for name in ("app", "kind", "activity", "wave")),
        ],
        responses={200: OrganisationsSerializer, 422: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """Get how each organisation stands; nobody is named."""
        filters = asked(request.query_params)
        state = filters["state"]
        if state and state not in WORDS:
            raise InvalidInput(f"state is one of: {', '.join(sorted(WORDS))}.")
        return Response({"organisations": organisations_told(chosen(filters))})


class UsageForecastView(APIView):
    """The newest forecast."""

    scopes: ClassVar[dict[str, str]] = {"GET": "usage:read"}

    @extend_schema(responses={200: ForecastSerializer, 404: PROBLEM})
    def get(self, request: Request) -> Response:  # noqa: ARG002 (DRF's signature)
        """Get when the last organisation is expected to stop, with what this assumes."""
        newest = UsageForecast.objects.filter(day__lte=today_in_london()).order_by("-day").first()
        if newest is None:
            raise NotFound("There is no forecast yet: it is made with the first figures.")
        return Response(ForecastSerializer(newest).data)


class UsageSourcesView(APIView):
    """The sources of logs."""

    scopes: ClassVar[dict[str, str]] = {"GET": "usage:read"}

    @extend_schema(responses={200: SourcesSerializer})
    def get(self, request: Request) -> Response:  # noqa: ARG002 (DRF's signature)
        """Get how well each source delivers."""
        return Response(SourcesSerializer({"sources": source_health()}).data)
