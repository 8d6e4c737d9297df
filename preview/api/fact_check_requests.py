"""Fact checks that other apps ask for, in the wire format of Fact Check Manager.

Source: alphagov/fact-check-manager `app/controllers/api/requests_controller.rb`, for addresses, the
names of the members and the answers.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response
from rest_framework.views import APIView

from preview.access import Staff
from preview.accounts.models import Person
from preview.api.drafts import app_of
from preview.drafts.models import Draft
from preview.errors import InvalidReview
from preview.review.fact_checks.answering import close_fact_check
from preview.review.fact_checks.asking import Request, checked_people, request_fact_check
from preview.review.fact_checks.models import FactCheck
from preview.review.fact_checks.reminding import remind
from preview.review.fact_checks.working_days import end_of

NEEDED = ("source_app", "source_id", "requester_name", "requester_email", "recipients", "deadline")
KEPT = (
    *("source_title", "source_url", "requester_name", "requester_email", "reason_for_change"),
    *("zendesk_number", "draft_slug", "draft_auth_bypass_id"),
)


def sent(request: ApiRequest) -> dict[str, Any]:
    """Return the body; the parser of this API takes objects only."""
    return dict(request.data)


def text_in(data: dict[str, Any], name: str) -> str:
    """Return a member as text.

    Raises:
        InvalidReview: it is needed and not there, or far too long.

    """
    value = data.get(name)
    text = "" if value is None else str(value).strip()
    if name in NEEDED and not text:
        raise InvalidReview(name, f"{name} is missing. Send it.")
    if len(text) > 2000:
        raise InvalidReview(name, f"{name} must be 2,000 characters or fewer")
    return text


def deadline_in(data: dict[str, Any]) -> datetime:
    """Return the deadline: a time, or 5pm on a date.

    Raises:
        InvalidReview: it is neither.

    """
    text = text_in(data, "deadline")
    try:
        day = parse_date(text)
        when = end_of(day) if day else parse_datetime(text)
    except ValueError:
        when = None
    if when is None:
        raise InvalidReview("deadline", "deadline is a date such as 2026-12-04, or a time.")
    return when if when.tzinfo else timezone.make_aware(when)


def draft_in(data: dict[str, Any], request: ApiRequest) -> Draft:
    """Return the calling app's open draft that a request is about.

    Raises:
        InvalidReview: there is none.

    """
    try:
        content_id = uuid.UUID(str(data.get("draft_content_id")))
    except ValueError:
        content_id = uuid.UUID(int=0)
    drafts = Draft.objects.of_app(app_of(request)).open().filter(content_id=content_id)
    draft = drafts.filter(kind=Draft.Kind.CONTENT).order_by("-updated_at").first()
    if draft is None:
        raise InvalidReview(
            "draft_content_id", "Your app has no open draft with this draft_content_id. Send it."
        )
    return draft


def requester_in(data: dict[str, Any]) -> tuple[Staff, str]:
    """Return the person who asks, as the access policy sees them, and their name.

    Raises:
        InvalidReview: nobody who may sign in here has this address.

    """
    email = text_in(data, "requester_email")
    person = Person.objects.active().filter(email__iexact=email).order_by("uid").first()
    if person is None:
        raise InvalidReview(
            "requester_email", "Nobody with this address has signed in here. Ask them to, once."
        )
    organisation = str(person.organisation_id) if person.organisation_id else None
    staff = Staff(person.uid, organisation, frozenset(person.permissions), person.is_active)
    return staff, text_in(data, "requester_name")


def recipients_in(data: dict[str, Any]) -> list[str]:
    """Return the addresses, sent as a list or as one text."""
    value = data.get("recipients")
    rows = value if isinstance(value, list) else str(value or "").replace(";", ",").split(",")
    return [str(one) for one in rows]


def check_at(request: ApiRequest, source_app: str, source_id: str) -> FactCheck:
    """Return the check of this address, where the calling app owns its draft."""
    found = FactCheck.objects.filter(draft__app=app_of(request)).select_related("link", "draft")
    return found.get(source_app=source_app, source_id=source_id)


def answer_for(asked: FactCheck, status: int = 200) -> Response:
    """Return the answer of Fact Check Manager."""
    return Response({"id": str(asked.id), "source_id": asked.source_id}, status=status)


class RequestListView(APIView):
    """Fact checks that apps ask for."""

    schema = None
    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    @transaction.atomic
    def post(self, request: ApiRequest) -> Response:
        """Ask for a fact check; asking again with the same source returns the first."""
        data = sent(request)
        source = (text_in(data, "source_app")[:64], text_in(data, "source_id")[:64])
        draft = draft_in(data, request)
        before = FactCheck.objects.filter(source_app=source[0], source_id=source[1]).first()
        if before is not None:
            if before.draft.app_id != draft.app_id:
                raise InvalidReview("source_id", "Another app uses this source_app and source_id.")
            return answer_for(before, 201)
        staff, name = requester_in(data)
        reason = text_in(data, "reason_for_change")
        wanted = Request(
            people=recipients_in(data),
            what=reason,
            respond_by=deadline_in(data),
            reason=reason[:300],
            source_app=source[0],
            source_id=source[1],
            source={name: text_in(data, name) for name in KEPT if data.get(name) is not None},
        )
        return answer_for(
            request_fact_check(draft=draft, staff=staff, name=name, wanted=wanted), 201
        )


class RequestView(APIView):
    """One fact check, by the app and the id that its asker knows it by."""

    schema = None
    scopes: ClassVar[dict[str, str]] = {
        "GET": "share_links:write",
        "PATCH": "share_links:write",
    }

    def get(self, request: ApiRequest, source_app: str, source_id: str) -> Response:
        """Get who answered what."""
        asked = check_at(request, source_app, source_id)
        people = [
            {"email": one.email, "answer": one.answer, "comment": one.note, "bounced": one.bounced}
            for one in asked.checkers.all()
        ]
        return Response({"id": str(asked.id), "source_id": source_id, "responses": people})

    @transaction.atomic
    def patch(self, request: ApiRequest, source_app: str, source_id: str) -> Response:
        """Change deadline, reason or title; `status` `cancelled` ends the check."""
        asked, data = check_at(request, source_app, source_id), sent(request)
        if "deadline" in data:
            asked.respond_by = deadline_in(data)
        if "reason_for_change" in data:
            asked.what = text_in(data, "reason_for_change")
        if "recipients" in data:
            known = set(asked.checkers.values_list("email", flat=True))
            if set(checked_people(recipients_in(data))) != known:
                raise InvalidReview("recipients", "Ask new people with a request of its own.")
        asked.source |= {name: text_in(data, name) for name in KEPT if name in data}
        asked.save(update_fields=["respond_by", "what", "source"])
        if data.get("status") == "cancelled":
            close_fact_check(asked=asked, actor=f"app:{app_of(request).name}")
        return answer_for(asked)


class ResendView(APIView):
    """The e-mails of a fact check, once more."""

    schema = None
    scopes: ClassVar[dict[str, str]] = {"POST": "share_links:write"}

    def post(self, request: ApiRequest, source_app: str, source_id: str) -> Response:
        """Write again to everybody who has not answered."""
        asked = check_at(request, source_app, source_id)
        for checker in asked.checkers.filter(answered_at=None, reminders__lt=5):
            checker.fact_check = asked
            remind(checker, anyway=True)
        return answer_for(asked)
