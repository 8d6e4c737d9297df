"""How long what is kept: as short as what follows from it allows.

| what | how long |
|---|---|
| shapes of rejected lines | 7 days |
| visitors' keys | 48 hours |
| events, tallies, grants, writes | `USAGE_EVENT_DAYS`, then their day is closed |
| sessions | `USAGE_SESSION_DAYS` (13 months: a year can be compared with the one before) |
| daily counts and coverage, which hold no person | for good |

A day is closed once its events are gone: it can't be rebuilt, so lines of it are refused.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.usage.keys import destroy_visitor_keys
from preview.usage.models import (
    UsageDate,
    UsageEvent,
    UsageGrant,
    UsageObject,
    UsageReject,
    UsageTally,
    UsageWrite,
)
from preview.usage.results import UsageSession

REJECT_LIFE = timedelta(days=7)
SETTLED = timedelta(hours=48)  # a day that was rebuilt lately may still get more lines
FACTS = (UsageEvent, UsageTally, UsageGrant, UsageWrite)


def purge() -> dict[str, int]:
    """Delete what is kept no longer; return how many of each. Safe to run twice."""
    now = timezone.now()
    old_sessions = now.date() - timedelta(days=settings.USAGE_SESSION_DAYS)
    return {
        "days_closed": close_days(),
        "sessions": UsageSession.objects.filter(day__lt=old_sessions).delete()[0],
        "rejects": UsageReject.objects.filter(created_at__lt=now - REJECT_LIFE).delete()[0],
        "visitor_keys": destroy_visitor_keys(),
        "objects": forget_objects(),
    }


def close_days() -> int:
    """Delete the events of days that are old and settled; return how many days."""
    now = timezone.now()
    due = UsageDate.objects.filter(
        closed=False,
        dirty=False,
        day__lt=now.date() - timedelta(days=settings.USAGE_EVENT_DAYS),
        rebuilt_at__lt=now - SETTLED,
    )
    days = list(due.values_list("day", flat=True))
    for day in days:
        with transaction.atomic():
            closed = UsageDate.objects.filter(day=day, dirty=False, closed=False)
            if closed.update(closed=True):
                for facts in FACTS:
                    facts.objects.filter(day=day).delete()
    return len(days)


def forget_objects() -> int:
    """Delete objects of pushed batches that have no facts any more; return how many.

    Files stay known, so that importing one again changes nothing.
    """
    old = timezone.now() - timedelta(days=settings.USAGE_EVENT_DAYS + 2)
    batches = UsageObject.objects.filter(
        key__startswith="http/", state=UsageObject.State.DONE, done_at__lt=old
    )
    empty = batches.filter(tallies=None, events=None)
    count, _ = UsageObject.objects.filter(pk__in=list(empty.values_list("pk", flat=True))).delete()
    return count
