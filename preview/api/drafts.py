"""Drafts over HTTP: send, get, list, discard."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from preview import schemas
from preview.access import Sensitivity
from preview.accounts.models import AppToken, PublisherApp
from preview.api import preconditions
from preview.api.kinds import KIND, LOCALE, identity_of, kind_filter, submitted
from preview.api.pagination import RecentFirst
from preview.api.serializers import (
    ChecksBadgeSerializer,
    DraftSerializer,
    DraftWithRenderingSerializer,
    ProblemSerializer,
    RenderingSerializer,
)
from preview.checks.queries import badge
from preview.drafts.actions import Saved, Submission, discard_draft, save_draft
from preview.drafts.idempotency import earlier_answer, remember
from preview.drafts.models import Draft
from preview.drafts.sensitivity import named_sensitivity, set_sensitivity
from preview.errors import InvalidInput, VersionConflict
from preview.rendering.waiting import wait_for_version

WAIT = OpenApiParameter("wait", int, description="Seconds to wait for the rendering, at most 20")
SENSITIVITY = OpenApiParameter(
    "sensitivity",
    str,
    enum=list(Sensitivity),
    description="How much harm it would do if the draft were seen early; absent leaves it as it is",
)
LONGEST_WAIT = 20
PROBLEM = ProblemSerializer
READ_ALL = "drafts:read_all"


def app_of(request: Request) -> PublisherApp:
    """Return the publisher app that calls."""
    app = request.user
    if not isinstance(app, PublisherApp):
        raise TypeError("Only views behind HasScope ask for the app.")
    return app


def drafts_of(request: Request) -> QuerySet[Draft]:
    """Return the drafts that the calling token may read."""
    token = request.auth
    if isinstance(token, AppToken) and READ_ALL in token.scopes:
        return Draft.objects.filter(limited=False) | Draft.objects.of_app(app_of(request))
    return Draft.objects.of_app(app_of(request))


def draft_at(request: Request, content_id: uuid.UUID) -> Draft:
    """Return the draft of this address, among those that the token may read."""
    return (
        drafts_of(request).select_related("app").get(content_id=content_id, **identity_of(request))
    )


def described(draft: Draft, version_id: int, wait: float = 0) -> Mapping[str, Any]:
    """Return the draft as JSON, after waiting `wait` seconds at most for its rendering."""
    rendering = wait_for_version(version_id, wait)
    shown = RenderingSerializer(rendering).data if rendering else None
    counts = ChecksBadgeSerializer(badge(rendering, draft.id)).data
    return {**DraftSerializer(draft).data, "rendering": shown, "checks": counts}


class DraftView(APIView):
    """One draft, by content id and locale."""

    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read", "PUT": "drafts:write"}

    @extend_schema(
        parameters=[KIND, LOCALE, WAIT],
        responses={200: DraftWithRenderingSerializer, 404: PROBLEM, 422: PROBLEM},
    )
    def get(self, request: Request, content_id: uuid.UUID) -> Response:
        """Get a draft; with `wait`, as soon as its rendering has ended."""
        draft = draft_at(request, content_id)
        wait = seconds_to_wait(request)
        newest = draft.versions.only("id").get(number=draft.version_number)
        response = Response(described(draft, newest.pk, wait))
        response["ETag"] = preconditions.etag(draft.version_number)
        return response

    @extend_schema(
        parameters=[
            KIND,
            LOCALE,
            WAIT,
            SENSITIVITY,
            OpenApiParameter("If-Match", str, OpenApiParameter.HEADER),
            OpenApiParameter("Idempotency-Key", str, OpenApiParameter.HEADER),
        ],
        request={"application/json": {"type": "object"}},
        responses={
            200: DraftWithRenderingSerializer,
            201: DraftWithRenderingSerializer,
            400: PROBLEM,
            403: PROBLEM,
            409: PROBLEM,
            412: PROBLEM,
            413: PROBLEM,
            415: PROBLEM,
            422: PROBLEM,
        },
    )
    def put(self, request: Request, content_id: uuid.UUID) -> Response:
        """Send what is proposed: 201 a new version, 200 the same as before.

        A content item has `publisher_v2` form; `kind` names the forms of other proposals.

        With `wait`, the answer comes as soon as the rendering has ended.
        """
        wait = seconds_to_wait(request)
        payload: dict[str, Any] = dict(request.data)
        header = preconditions.by_header(request)
        expected = preconditions.by_body(payload)
        submission = submitted(request, payload, content_id)
        sensitivity = sensitivity_of(request)
        try:
            saved = save_once(
                request, submission, header if header is not None else expected, sensitivity
            )
        except VersionConflict as error:
            raise preconditions.refused(error, header) from error
        draft = saved.version.draft
        response = Response(
            described(draft, saved.version.pk, wait), status=201 if saved.created else 200
        )
        response["ETag"] = preconditions.etag(saved.version.number)
        response["Location"] = f"/api/v1/drafts/{content_id}?{address_of(draft)}"
        return response


def address_of(draft: Draft) -> str:
    """Return the query of a draft's address."""
    if draft.kind == Draft.Kind.CONTENT:
        return urlencode({"locale": draft.locale})
    names = {"kind": draft.kind, **({"locale": draft.locale} if draft.locale else {})}
    return urlencode(names)


def sensitivity_of(request: Request) -> Sensitivity | None:
    """Return the sensitivity that the address sets, None where it sets none.

    Raises:
        InvalidInput: there is no such sensitivity.

    """
    text = request.query_params.get("sensitivity")
    return None if text is None else named_sensitivity(text)


def seconds_to_wait(request: Request) -> int:
    """Return how long the caller wants to wait.

    Raises:
        InvalidInput: not a number of seconds.

    """
    text = request.query_params.get("wait", "0")
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= LONGEST_WAIT):
        raise InvalidInput(f"wait is a whole number of seconds, at most {LONGEST_WAIT}.")
    return int(text)


@transaction.atomic
def save_once(
    request: Request,
    submission: Submission,
    expected: int | None,
    sensitivity: Sensitivity | None = None,
) -> Saved:
    """Save, or return what the same `Idempotency-Key` was answered before."""
    app, key = app_of(request), request.headers.get("Idempotency-Key", "")
    if len(key) > 255:
        raise InvalidInput("Idempotency-Key must be 255 characters or fewer.")
    fingerprint = schemas.fingerprint(
        " ".join(
            (
                str(submission.content_id),
                submission.content.locale,
                submission.kind,
                submission.sha256,
                *((sensitivity.value,) if sensitivity else ()),
            )
        ).encode()
    )
    if key and (earlier := earlier_answer(app=app, key=key, fingerprint=fingerprint)):
        return earlier
    saved = save_draft(
        app=app,
        submission=submission,
        expected_version=expected,
        submitted_by=person_named(request),
        request_id=getattr(request, "request_id", "") or "",
    )
    if sensitivity is not None:
        draft, person = saved.version.draft, person_named(request)
        now = set_sensitivity(draft_id=draft.id, actor=app, sensitivity=sensitivity, person=person)
        draft.sensitivity, draft.lower_to = now.sensitivity, now.lower_to
    if key:
        remember(app=app, key=key, fingerprint=fingerprint, saved=saved)
    return saved


def person_named(request: Request) -> str:
    """Return the uid of the person for whom the app acts, "" where it does not say."""
    return request.headers.get("X-Govuk-Authenticated-User", "")[:64]


class DraftListView(APIView):
    """The drafts that a token may read."""

    pagination_class = RecentFirst
    scopes: ClassVar[dict[str, str]] = {"GET": "drafts:read"}

    @extend_schema(
        parameters=[
            OpenApiParameter("app", str, description="Name of the publisher app"),
            OpenApiParameter("organisation", str, description="Content id of the organisation"),
            OpenApiParameter("document_type", str),
            OpenApiParameter("updated_since", str, description="RFC 3339 with offset"),
            OpenApiParameter("state", str, enum=list(Draft.State.values)),
            KIND,
        ],
        responses={200: DraftSerializer(many=True), 422: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """List drafts, newest first."""
        pages = self.pagination_class()
        chosen = filtered(drafts_of(request).select_related("app"), request)
        rows = pages.paginate_queryset(chosen, request, view=self) or []
        return pages.get_paginated_response(DraftSerializer(rows, many=True).data)


def filtered(drafts: QuerySet[Draft], request: Request) -> QuerySet[Draft]:
    """Keep the drafts that the filters in the address name.

    Raises:
        InvalidInput: a filter that can't be read.

    """
    for name, (column, reader) in FILTERS.items():
        text = request.query_params.get(name)
        if text:
            drafts = drafts.filter(**{column: reader(text)})
    return drafts


def organisation_filter(text: str) -> uuid.UUID:
    """Read a content id."""
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise InvalidInput("organisation is a content id, for example 5f1c7f0e-….") from error


def time_filter(text: str) -> Any:
    """Read a time with its offset."""
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise InvalidInput("updated_since is a time such as 2026-03-01T09:30:00Z.")
    return moment


def text_filter(text: str) -> str:
    """Read a name."""
    if "\0" in text:
        raise InvalidInput("A filter can't hold a NUL character.")
    return text


def state_filter(text: str) -> str:
    """Read a state."""
    if text not in Draft.State.values:
        raise InvalidInput(f"state is one of: {', '.join(Draft.State.values)}.")
    return text


FILTERS = {
    "app": ("app__name", text_filter),
    "organisation": ("organisation_content_id", organisation_filter),
    "document_type": ("document_type", text_filter),
    "state": ("state", state_filter),
    "kind": ("kind", kind_filter),
    "updated_since": ("updated_at__gte", time_filter),
}


class DiscardView(APIView):
    """The end of a draft."""

    scopes: ClassVar[dict[str, str]] = {"POST": "drafts:write"}

    @extend_schema(
        parameters=[KIND, LOCALE, OpenApiParameter("If-Match", str, OpenApiParameter.HEADER)],
        request=None,
        responses={200: DraftSerializer, 404: PROBLEM, 409: PROBLEM, 412: PROBLEM},
    )
    def post(self, request: Request, content_id: uuid.UUID) -> Response:
        """Discard a draft: nobody sees it any more, its share links are over."""
        header = preconditions.by_header(request)
        app = app_of(request)
        draft = Draft.objects.of_app(app).get(content_id=content_id, **identity_of(request))
        try:
            discarded = discard_draft(app=app, draft_id=draft.id, expected_version=header)
        except VersionConflict as error:
            raise preconditions.refused(error, header) from error
        return Response(DraftSerializer(discarded).data)
