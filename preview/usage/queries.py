"""What the tables say: the questions that pages, exports and alerts ask. Reads only.

Days are dates in London, ranges include both ends. Three words to keep apart:

* **remaining** sessions qualify and are neither training, developers', share recipients' nor bots':
  audiences `end_user` (somebody known at least by organisation) and `unknown_human`;
* **training** sessions qualify and are training: a series and a target of their own;
* **no data**: a day or host whose counting source did not deliver. A day without sessions is a
  zero only where `day_states` says `proved`; elsewhere draw a gap.

Distinct people over several days come from `UsageSession.person`, never from sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from preview.usage.models import UsageGrant, UsageObject, UsagePerson, UsageReject, UsageSource
from preview.usage.results import UsageCoverage, UsageDay, UsageSession
from preview.usage.ruleset import Rules

REMAINING = ("end_user", "unknown_human")
TRAINING = ("training",)


class DayState(StrEnum):
    """How well a day is known."""

    USED = "used"  # complete, and people were seen
    PROVED = "proved"  # complete, and nobody was seen: a zero
    PARTIAL = "partial"  # some hosts or hours are missing: at least so much
    MISSING = "missing"  # no data


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, days: int) -> Span:
        """Return the span of so many days that ends on a day."""
        return cls(last - timedelta(days=days - 1), last)

    def days(self) -> list[date]:
        """Return the days, in order."""
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]


def remaining(span: Span) -> QuerySet[UsageSession]:
    """Return the sessions that are remaining use."""
    return UsageSession.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )


def training(span: Span) -> QuerySet[UsageSession]:
    """Return the sessions that are training."""
    return UsageSession.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=TRAINING
    )


def sessions_by_day(span: Span, audiences: Iterable[str] = REMAINING) -> dict[date, int]:
    """Return qualifying sessions by day; days without any are left out (see `day_states`)."""
    rows = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=list(audiences)
    )
    return dict(rows.values_list("day").annotate(total=Sum("sessions")).order_by("day"))


def active_people(span: Span) -> int:
    """Return how many known people had remaining use; unknown sessions are shown beside it."""
    return remaining(span).exclude(person="").values("person").distinct().count()


def organisations_remaining(span: Span) -> list[tuple[str, int]]:
    """Return organisations with remaining use and their sessions, most first; `""` is unknown."""
    rows = remaining(span).values_list("organisation").annotate(total=Count("id"))
    return [(name, total) for name, total in rows.order_by("-total", "organisation")]


def last_use(organisation: str = "") -> datetime | None:
    """Return when remaining use was last seen, by an organisation or by anybody."""
    rows = UsageSession.objects.filter(qualifying=True, audience__in=REMAINING)
    if organisation:
        rows = rows.filter(organisation=organisation)
    found: datetime | None = rows.aggregate(last=Max("ended_at"))["last"]
    return found


def identified_share(span: Span) -> float | None:
    """Return which share of remaining sessions has a known person or organisation; None: none."""
    found = remaining(span).aggregate(all=Count("id"), known=Count("id", filter=Q(rung__lt=5)))
    return found["known"] / found["all"] if found["all"] else None


def day_states(span: Span, rules: Rules, hosts: Iterable[str] = ()) -> dict[date, DayState]:
    """Return how well each day is known, over the hosts that count or those named (short names).

    A host that no source ever spoke of in the span is left out: it has no traffic at all.
    """
    named = set(hosts) or {host.short for host in rules.hosts.values() if host.counts}
    rows = UsageCoverage.objects.filter(
        day__range=(span.first, span.last), counting=True, host__in=named
    ).values_list("day", "host", "complete", "human_lines")
    by_day: dict[date, dict[str, tuple[bool, int]]] = {}
    for day, host, complete, people in rows:
        by_day.setdefault(day, {})[host] = (complete, people)
    return {day: state_of(by_day.get(day, {})) for day in span.days()}


def state_of(hosts: Mapping[str, tuple[bool, int]]) -> DayState:
    """Return how well a day is known by what its hosts' counting sources delivered."""
    if not hosts:
        return DayState.MISSING
    if not all(complete for complete, _ in hosts.values()):
        return DayState.PARTIAL
    return DayState.USED if any(people for _, people in hosts.values()) else DayState.PROVED


def coverage_table(day: date) -> QuerySet[UsageCoverage]:
    """Return what every source said about every host on a day: the rows of a heat table."""
    rows = UsageCoverage.objects.filter(day=day).select_related("source")
    return rows.order_by("host", "-counting", "source__slug", "format")


@dataclass(frozen=True)
class SourceHealth:
    """How a source is: seconds since its newest line, whether it is silent, what it refused."""

    source: UsageSource
    lag: float | None
    silent: bool
    lines: int
    rejected: int
    waiting: int


def source_health(now: datetime | None = None) -> list[SourceHealth]:
    """Return how every source is; silent: nothing for twice as long as expected. Of 7 days."""
    now = now or timezone.now()
    since = now - timedelta(days=7)
    recent = Q(logs__created_at__gte=since)
    counted = UsageSource.objects.annotate(
        newest=Max("logs__last_at"),
        lines=Sum("logs__lines", filter=recent),
        rejected=Sum("logs__rejected", filter=recent),
        waiting=Count("logs", filter=Q(logs__state=UsageObject.State.RECEIVED)),
    )
    found = []
    for source in counted.order_by("slug"):
        lag = now.timestamp() - source.newest / 1000 if source.newest else None
        found.append(
            SourceHealth(
                source=source,
                lag=lag,
                silent=lag is None or lag > 2 * source.expected_interval,
                lines=source.lines or 0,
                rejected=source.rejected or 0,
                waiting=source.waiting,
            )
        )
    return found


def reject_causes() -> dict[int, list[tuple[str, int]]]:
    """Return why lines were refused lately, by id of their source, most frequent first.

    They are kept for 7 days.
    """
    rows = UsageReject.objects.values_list("object__source", "cause").annotate(n=Count("id"))
    found: dict[int, list[tuple[str, int]]] = {}
    for source, cause, total in rows.order_by("-n", "cause"):
        found.setdefault(source, []).append((cause, total))
    return found


def accounts_kept() -> list[tuple[str, int]]:
    """Return unsuspended accounts by organisation: the upper bound of who could use it."""
    rows = UsagePerson.objects.filter(suspended=False).exclude(category="e2e")
    counted = rows.values_list("organisation").annotate(n=Count("key"))
    return [(name, total) for name, total in counted.order_by("-n", "organisation")]


def monthly_access(span: Span) -> list[tuple[date, str, int, int]]:
    """Return month, application, people and accesses by Signon's events: the baseline."""
    rows = UsageGrant.objects.filter(day__range=(span.first, span.last), object__state="done")
    found: dict[tuple[date, str], tuple[set[str], int]] = {}
    for day, application, person in rows.values_list("day", "application", "person").iterator():
        people, number = found.setdefault((day.replace(day=1), application), (set(), 0))
        people.add(person)
        found[day.replace(day=1), application] = (people, number + 1)
    return [
        (month, application, len(people), number)
        for (month, application), (people, number) in sorted(found.items())
    ]
