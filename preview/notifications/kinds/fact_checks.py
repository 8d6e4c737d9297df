"""Fact checks that you asked for: answered, complete, overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from preview.access import Staff
from preview.drafts.models import Draft
from preview.notifications.models import Notification, When
from preview.notifications.people import uids_in
from preview.notifications.registry import Kind, Payload, Told, hears, kind, watches
from preview.review.fact_checks.models import Answer, Checker, FactCheck
from preview.sharing.words import clock

GROUP = "Fact checks"
PLACE = "/fact-checks/{check}"
# What was due longer ago is no news.
LOOKS_BACK = timedelta(days=7)


def note_of(notification: Notification) -> str:
    """Return what the person wrote with the answer."""
    found = Checker.objects.filter(pk=notification.facts["checker"])
    return found.values_list("note", flat=True).first() or ""


def still_waits(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say whether an answer is still waited for."""
    waiting = Checker.objects.filter(
        fact_check=notification.facts["check"], fact_check__closed_at=None, answered_at=None
    )
    return waiting.exists()


ANSWERED = kind(
    Kind(
        "fact_check_answered",
        "Somebody answers a fact check that you asked for",
        GROUP,
        one="{name} answered your fact check: “{answer}”",
        many="{count} answers to your fact check, by {names}",
        place=PLACE,
        default=When.DAILY,
        detail=note_of,
    )
)
COMPLETE = kind(
    Kind(
        "fact_check_complete",
        "Everybody has answered a fact check that you asked for",
        GROUP,
        one="Everybody you asked has answered your fact check",
        many="{count} of your fact checks are answered by everybody",
        place=PLACE,
    )
)
OVERDUE = kind(
    Kind(
        "fact_check_overdue",
        "A fact check that you asked for is overdue",
        GROUP,
        one="Your fact check was due at {by}. Still to answer: {waiting} of {asked}",
        many="{count} of your fact checks are overdue",
        place=PLACE,
        holds=still_waits,
    )
)


@hears("fact_check.answered")
def answered(payload: Payload) -> Iterator[Told]:
    """Tell who asked: of the answer, and of the last one that everybody has answered."""
    checker = Checker.objects.select_related("fact_check").get(pk=payload["checker_id"])
    asked, at = checker.fact_check, checker.answered_at
    people = uids_in(asked.asked_by)
    facts: dict[str, str | int] = {"check": str(asked.id)}
    said = Answer(checker.answer).label if checker.answer else ""
    yield Told(
        ANSWERED,
        f"checker:{checker.pk}:{at.isoformat() if at else ''}",
        people,
        draft_id=asked.draft_id,
        by=f"email:{checker.email}",
        facts={**facts, "name": checker.email, "answer": said, "checker": checker.pk},
    )
    if not asked.checkers.filter(answered_at=None, bounced="").exists():
        yield Told(COMPLETE, f"fact_check:{asked.id}", people, draft_id=asked.draft_id, facts=facts)


@watches
def overdue(now: datetime) -> Iterator[Told]:
    """Tell who asked that answers are missing once they were due."""
    late = FactCheck.objects.filter(
        closed_at=None,
        respond_by__lte=now,
        respond_by__gt=now - LOOKS_BACK,
        created_at__lt=F("respond_by"),
        draft__state=Draft.State.OPEN,
    ).annotate(
        asked=Count("checkers"),
        waiting=Count("checkers", filter=Q(checkers__answered_at=None)),
    )
    for one in late.filter(waiting__gt=0).order_by("respond_by"):
        yield Told(
            OVERDUE,
            f"fact_check:{one.id}:{one.respond_by.isoformat()}",
            uids_in(one.asked_by),
            draft_id=one.draft_id,
            facts={
                "check": str(one.id),
                "asked": people(one.asked),
                "waiting": one.waiting,
                "by": clock(one.respond_by),
            },
        )


def people(count: int) -> str:
    """Return a number of people in words."""
    return "1 person" if count == 1 else f"{count} people"
