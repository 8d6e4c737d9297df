"""Planning brownouts: announced times in which an application of integration refuses people.

Escalation is by organisation; a brownout is the last step before access is taken away. The test
suite gates releases to production, so its networks and accounts are always let through. No brownout
in a training window, on the Monday of the weekly copy, at night, or in a blackout.

What was tried during one (answers of 403 included) is the true remaining demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.errors import InvalidInput
from preview.usage.actions import active_rules
from preview.usage.features import LONDON
from preview.usage.models import UsageEvent, UsageTrainingWindow
from preview.usage.programme.acting import UsageBrownout
from preview.usage.programme.models import UsageAnnotation

ALWAYS_EXEMPT = ("category:e2e", "network:nat")
NOTICE = timedelta(days=7)
LONGEST = timedelta(hours=24)
DAY_STARTS, DAY_ENDS = time(8), time(18)
STEPS = (
    ("3 hours, twice on one day", "Morning and afternoon, 14 days after the announcement."),
    ("12 hours", "4 weeks later."),
    ("24 hours", "1 week after that."),
    ("Take away access", "4 weeks later, for each organisation that is ready."),
)


@dataclass(frozen=True)
class Result:
    """What was tried in a brownout: visits of people, different actors, and a week before."""

    actors: int
    requests: int
    actors_before: int


@transaction.atomic
def plan_brownout(
    *,
    app: str,
    starts_at: datetime,
    ends_at: datetime,
    actor: str,
    exempt: Sequence[str] = (),
    note: str = "",
) -> UsageBrownout:
    """Announce a brownout.

    Raises:
        InvalidInput: the time is not one in which integration may refuse; says why.

    """
    host = active_rules().short_names.get(app)
    if host is None or host.role != "publisher_app":
        raise InvalidInput("Select an application of integration.")
    check_times(starts_at, ends_at)
    check_calendar(host.app, starts_at, ends_at)
    made = UsageBrownout.objects.create(
        app=host.app,
        starts_at=starts_at,
        ends_at=ends_at,
        exempt=sorted({*ALWAYS_EXEMPT, *(one.strip()[:80] for one in exempt if one.strip())}),
        note=note[:300],
    )
    record_entry(action="usage_brownout.plan", actor=actor, subject=f"brownout:{made.pk}")
    return made


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time without notice, too long, at night, at a weekend or on a Monday."""
    first, last = starts_at.astimezone(LONDON), ends_at.astimezone(LONDON)
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise InvalidInput("A brownout ends after it starts, and lasts 24 hours at most.")
    if starts_at < timezone.now() + NOTICE:
        raise InvalidInput("Announce a brownout at least 7 days before.")
    if first.weekday() == 0:
        raise InvalidInput("On Mondays integration is copied from production. Choose another day.")
    if first.weekday() > 4 or not DAY_STARTS <= first.time() <= DAY_ENDS:
        raise InvalidInput("Start on a working day between 8am and 6pm: otherwise nobody meets it.")
    if last.weekday() > 4:
        raise InvalidInput("End it before the weekend, when nobody is there to help.")


def check_calendar(app: str, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse a time in which there is training, a blackout, or another brownout."""
    windows = UsageTrainingWindow.objects.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if any(not window.apps or app in window.apps for window in windows):
        raise InvalidInput("There is training at that time. See the training calendar.")
    day, until = starts_at.astimezone(LONDON).date(), ends_at.astimezone(LONDON).date()
    blackouts = UsageAnnotation.objects.filter(
        Q(until__gte=day) | Q(until=None, day__gte=day), kind="blackout", day__lte=until
    )
    if (found := blackouts.first()) is not None:
        raise InvalidInput(f"Not in this time: {found.text}.")
    others = UsageBrownout.objects.filter(
        app=app, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if others.exists():
        raise InvalidInput("There is a brownout of this application at that time already.")


@transaction.atomic
def cancel_brownout(*, brownout_id: int, actor: str) -> None:
    """Take a brownout back; a second call changes nothing."""
    found = UsageBrownout.objects.filter(pk=brownout_id, cancelled_at=None)
    if found.update(cancelled_at=timezone.now()):
        record_entry(action="usage_brownout.cancel", actor=actor, subject=f"brownout:{brownout_id}")


def result(brownout: UsageBrownout) -> Result | None:
    """Return what was tried during a brownout; None before it ends."""
    if brownout.ends_at > timezone.now():
        return None
    actors, requests = tried(brownout.app, brownout.starts_at, brownout.ends_at)
    week = timedelta(days=7)
    before, _ = tried(brownout.app, brownout.starts_at - week, brownout.ends_at - week)
    return Result(actors, requests, before)


def tried(app: str, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
    """Return how many actors made how many requests to an app, refused ones included."""
    rows = UsageEvent.objects.filter(
        app=app, at__gte=milliseconds(starts_at), at__lt=milliseconds(ends_at)
    ).exclude(actor="")
    return rows.values("actor").distinct().count(), rows.count()


def milliseconds(at: datetime) -> int:
    """Return a time in milliseconds since 1970."""
    return round(at.astimezone(UTC).timestamp() * 1000)


def coming(now: datetime | None = None) -> list[UsageBrownout]:
    """Return the brownouts that are not over and not taken back."""
    now = now or timezone.now()
    return list(UsageBrownout.objects.filter(cancelled_at=None, ends_at__gt=now))
