"""Reminding people who have not answered: two working days before the end, and the day after."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from preview.drafts.models import Draft
from preview.mail.actions import write_letter
from preview.review.fact_checks.models import Checker
from preview.review.fact_checks.working_days import (
    end_of,
    is_working_day,
    today,
    working_days_from,
)
from preview.sharing.actions import NewLink, new_token
from preview.sharing.words import clock

BATCH = 200
MOST_REMINDERS = 2
LOOKS_AHEAD = timedelta(days=14)


def remind_checkers() -> int:
    """Write to people whose answer is awaited and due; return to how many. Only on working days."""
    now = timezone.now()
    if not is_working_day(today(now)):
        return 0
    waiting = Checker.objects.filter(
        answered_at=None,
        bounced="",
        reminders__lt=MOST_REMINDERS,
        fact_check__closed_at=None,
        fact_check__respond_by__lt=now + LOOKS_AHEAD,
        fact_check__draft__state=Draft.State.OPEN,
    )
    rows = waiting.select_related("fact_check__link").order_by("fact_check__respond_by")[:BATCH]
    return sum(remind(one) for one in rows)


@transaction.atomic
def remind(checker: Checker, *, anyway: bool = False) -> bool:
    """Write to one person if they are due, or `anyway`; False where nothing was sent."""
    asked, now = checker.fact_check, timezone.now()
    link = asked.link
    if link is None or not link.alive or not link.approved:
        return False
    due = (end_of(working_days_from(today(asked.respond_by), -2)), asked.respond_by)
    number = checker.reminders
    if not anyway and (number >= MOST_REMINDERS or now < due[number]):
        return False
    # Claimed before it is written, so that two workers at once write once.
    claimed = Checker.objects.filter(pk=checker.pk, reminders=number, answered_at=None)
    if not claimed.update(reminders=number + 1):
        return False
    write_letter(
        to=checker.email,
        template="fact_check_reminder",
        reference=f"link:{link.id}",
        sender=asked.asked_by_name,
        respond_by=clock(asked.respond_by),
        late=now > asked.respond_by,
        address=NewLink(link, new_token(link)).address,
    )
    return True
