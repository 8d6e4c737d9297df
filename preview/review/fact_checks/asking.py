"""Asking for a fact check: who, what, by when; the facts of the version, split among people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from preview.access import Act, Role, Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import InvalidInput, InvalidReview, InvalidShareLink
from preview.mail.actions import checked_address
from preview.outbox.actions import record_event
from preview.packs.actions import own_pack
from preview.packs.audiences import audiences_for
from preview.review.fact_checks.models import Checker, FactCheck
from preview.review.fact_checks.noting import note_facts
from preview.review.fact_checks.working_days import end_of, today, working_days_from
from preview.review.reviewers import checked_text
from preview.review.sign_offs.shown import newest_shown
from preview.sharing.actions import create_share_link
from preview.sharing.models import ShareLink
from preview.sharing.wanted import Facts, Wanted, longest_days, organisation_of
from preview.sharing.words import clock

MOST_PEOPLE = 100
MOST_WORKING_DAYS = 20
GRACE = timedelta(days=7)  # answers that come late are better than none
PURPOSE = "Check the facts by {by}. You can also answer by replying to the email."


@dataclass(frozen=True)
class Request:
    """What is asked: of whom, what, until when.

    `reason` says why people may see a draft with limited access. `split` gives each fact to one
    person. `source` is what another app sent, with its own name and id.
    """

    people: Sequence[str]
    what: str = ""
    working_days: int = 5
    respond_by: datetime | None = None
    reason: str = ""
    split: bool = False
    source_app: str = ""
    source_id: str = ""
    source: dict[str, object] | None = None


@transaction.atomic
def request_fact_check(*, draft: Draft, staff: Staff, name: str, wanted: Request) -> FactCheck:
    """Ask people to check a draft's newest version; each gets one e-mail with the share link.

    Raises:
        AccessDenied: this person may not share the draft.
        InvalidReview: the request can't be as asked; names the field.

    """
    people = checked_people(wanted.people)
    what = checked_text("what", wanted.what, "What to check", 2000)
    respond_by = checked_deadline(wanted)
    pack = own_pack(draft)
    shown = newest_shown(draft, pack, audiences_for(pack.decide(staff, Act.SHARE)))
    if shown is None:
        raise InvalidReview("people", "The preview is not ready yet. Try again in a minute.")
    link = link_for(draft, staff, name, people, respond_by, wanted.reason)
    asked = FactCheck.objects.create(
        draft=draft,
        pack=pack,
        version=shown.version,
        audience=shown.audience,
        link=link,
        what=what,
        respond_by=respond_by,
        asked_by=f"person:{staff.uid}",
        asked_by_name=name,
        source_app=wanted.source_app,
        source_id=wanted.source_id,
        source=wanted.source or {},
    )
    checkers = Checker.objects.bulk_create(Checker(fact_check=asked, email=one) for one in people)
    note_facts(asked, shown, checkers if wanted.split else [])
    record_entry(
        action="fact_check.request",
        actor=asked.asked_by,
        subject=f"draft:{draft.id}",
        pack=pack.id,
        people=len(people),
        link=str(link.id),
    )
    record_event("fact_check.requested", fact_check_id=str(asked.id))
    return asked


def checked_people(emails: Sequence[str]) -> list[str]:
    """Return addresses in lower case, each once.

    Raises:
        InvalidReview: none, too many, or one that is none.

    """
    people = list(dict.fromkeys(one.strip().lower() for one in emails if one.strip()))
    if not people:
        raise InvalidReview("people", "Enter the email address of each person you ask")
    if len(people) > MOST_PEOPLE:
        raise InvalidReview("people", f"You can ask {MOST_PEOPLE} people at most")
    for one in people:
        try:
            checked_address(one)
        except InvalidInput as error:
            raise InvalidReview(
                "people", f"“{one[:80]}” is not an email address. Correct or remove it."
            ) from error
    return people


def checked_deadline(wanted: Request) -> datetime:
    """Return until when people should answer: a time, else 5pm after some working days.

    Raises:
        InvalidReview: it is in the past, or not a number of days that makes sense.

    """
    now = timezone.now()
    if wanted.respond_by is not None:
        if wanted.respond_by <= now:
            raise InvalidReview("respond_by", "The day to answer by must be in the future")
        return wanted.respond_by
    if not 1 <= wanted.working_days <= MOST_WORKING_DAYS:
        raise InvalidReview(
            "working_days", f"Working days must be a number from 1 to {MOST_WORKING_DAYS}"
        )
    return end_of(working_days_from(today(now), wanted.working_days))


def link_for(
    draft: Draft, staff: Staff, name: str, people: list[str], respond_by: datetime, reason: str
) -> ShareLink:
    """Make the share link of a fact check, which writes to its people.

    Raises:
        InvalidReview: sharing refuses; says what to change.

    """
    pack = own_pack(draft)
    wanted = Wanted(
        respond_by, ShareLink.Kind.NAMED, Role.SIGN_OFF, "Fact check", recipients=tuple(people)
    )
    covers = pack.decide(staff, Act.SHARE).sees_limited
    most = longest_days(Facts(wanted, (draft,), organisation_of(pack), covers))
    ends = min(respond_by + GRACE, timezone.now() + timedelta(days=most))
    if ends < respond_by:
        raise InvalidReview("working_days", f"A link for this draft can last {most} days at most")
    wanted = Wanted(
        ends,
        ShareLink.Kind.NAMED,
        Role.SIGN_OFF,
        "Fact check",
        purpose=PURPOSE.format(by=clock(respond_by)),
        reason=reason,
        recipients=tuple(people),
    )
    try:
        return create_share_link(pack=pack, staff=staff, wanted=wanted, sender=name).link
    except InvalidShareLink as error:
        field = {"recipients": "people", "reason": "reason"}.get(error.field, "working_days")
        raise InvalidReview(field, str(error)) from error
