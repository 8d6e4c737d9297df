"""Impact over HTTP: which live pages a draft changes."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.api.drafts import PROBLEM, draft_at, drafts_of
from preview.api.kinds import LOCALE
from preview.errors import InvalidInput
from preview.impact.actions import want_impact
from preview.impact.models import Impact, ImpactPage
from preview.impact.queries import measured_for
from preview.packs.actions import own_pack

A_PAGE = 50
MOST_A_PAGE = 200


class ImpactPageSerializer(serializers.ModelSerializer[ImpactPage]):
    """A live page that was compared; `before` is as it is live, `rendering` as it will be."""

    class Meta:
        model = ImpactPage
        fields = [
            *("position", "content_id", "locale", "path", "title", "document_type"),
            *("outcome", "failure", "before", "after", "rendering"),
        ]


class ImpactSerializer(serializers.ModelSerializer[Impact]):
    """How far the measurement is, what it found, and one page of the live pages."""

    looked_at = serializers.IntegerField(help_text="Pages compared so far, of `total`")
    changed = serializers.IntegerField(help_text="Pages that change, of those compared so far")
    bounded = serializers.BooleanField(help_text="There are more pages than were looked at")
    pages = ImpactPageSerializer(many=True)
    next = serializers.IntegerField(allow_null=True, help_text="The `page` to ask for next")

    class Meta:
        model = Impact
        fields = [
            *("state", "total", "looked_at", "changed", "bounded"),
            *("asked_at", "ended_at", "pages", "next"),
        ]


class DraftImpactView(APIView):
    """The live pages that a draft changes."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "POST": "drafts:write"}

    @extend_schema(
        parameters=[
            LOCALE,
            OpenApiParameter("page", int, description="Which page of the list, from 1"),
            OpenApiParameter("per_page", int, description=f"At most {MOST_A_PAGE}"),
            OpenApiParameter("outcome", str, enum=ImpactPage.Outcome.values),
        ],
        responses={200: ImpactSerializer, 404: PROBLEM, 422: PROBLEM},
    )
    def get(self, request: Request, content_id: uuid.UUID) -> Response:
        """Get what a draft changes on live pages, as far as it is measured."""
        pack = own_pack(draft_at(request, content_id))
        impact = measured_for(pack, drafts_of(request))
        if impact is None:
            raise Impact.DoesNotExist
        return Response(described(impact, request))

    @extend_schema(parameters=[LOCALE], request=None, responses={202: None, 404: PROBLEM})
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Measure again what a draft changes, in the background."""
        want_impact(own_pack(draft_at(request, content_id)))
        return Response(status=202)


def described(impact: Impact, request: Request) -> dict[str, Any]:
    """Return a measurement with the page of its list that was asked for."""
    number, size = whole(request, "page", 1, 10**6), whole(request, "per_page", A_PAGE, MOST_A_PAGE)
    rows = impact.pages.all()
    if outcome := request.query_params.get("outcome"):
        if outcome not in ImpactPage.Outcome.values:
            raise InvalidInput(f"outcome is one of: {', '.join(ImpactPage.Outcome.values)}.")
        rows = rows.filter(outcome=outcome)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    return {
        "state": impact.state,
        "total": impact.total,
        "looked_at": impact.looked_at(),
        "changed": impact.changed(),
        "bounded": impact.bounded,
        "asked_at": impact.asked_at,
        "ended_at": impact.ended_at,
        "pages": ImpactPageSerializer(found[:size], many=True).data,
        "next": number + 1 if len(found) > size else None,
    }


def whole(request: Request, name: str, default: int, most: int) -> int:
    """Return a whole number of the address.

    Raises:
        InvalidInput: not a number from 1 to `most`.

    """
    text = request.query_params.get(name, str(default))
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
        raise InvalidInput(f"{name} is a whole number from 1 to {most}.")
    return int(text)
