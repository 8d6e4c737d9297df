"""The rules of alerts: each reads the figures of today and gives what stands out in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.utils import timezone

from preview.usage.metrics.registry import METRICS
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.models import UsageTarget
from preview.usage.queries import Span, identified_share, sessions_by_day, source_health

REJECTED, UNKNOWN = 0.01, 0.2
FEWEST_LINES, FEWEST_SESSIONS = 100, 10
SPIKE_WEEKS, SPIKE = 8, 3
SLIPPED = timedelta(weeks=4)


@dataclass(frozen=True)
class Sign:
    """Something that stands out: about what, and a sentence."""

    subject: str
    sentence: str


Rule = Callable[[date], Iterator[Sign]]
RULES: dict[str, Rule] = {}


def rule(found: Rule) -> Rule:
    """Add a rule under the name of its function."""
    RULES[found.__name__] = found
    return found


@rule
def regression(today: date) -> Iterator[Sign]:
    """Give organisations that were migrated and came back."""
    titles = dict(UsageStanding.objects.values_list("key", "title"))
    rows = UsageStateChange.objects.filter(after="regressed", day__gt=today - timedelta(days=2))
    for row in rows:
        name = titles.get(row.organisation, row.organisation)
        yield Sign(row.organisation, f"{name} was migrated and used integration again.")


@rule
def silent_source(today: date) -> Iterator[Sign]:  # noqa: ARG001 (a rule)
    """Give sources that were silent for twice as long as expected, or have never sent anything."""
    for one in source_health():
        expected = timedelta(seconds=2 * one.source.expected_interval)
        late = one.source.created_at < timezone.now() - expected
        if late and not one.source.logs.exists():
            yield Sign(one.source.slug, f"Source {one.source.slug} has never sent anything.")
        if one.silent and one.lag is not None:
            hours = round(one.lag / 3600)
            yield Sign(
                one.source.slug, f"Source {one.source.slug} sent nothing new for {hours} hours."
            )


@rule
def rejected_lines(today: date) -> Iterator[Sign]:  # noqa: ARG001 (a rule)
    """Give sources of whose lines more than 1 % could not be read."""
    for one in source_health():
        if one.lines >= FEWEST_LINES and one.rejected > REJECTED * one.lines:
            share = round(100 * one.rejected / one.lines, 1)
            yield Sign(
                one.source.slug, f"{share}% of the lines of {one.source.slug} can't be read."
            )


@rule
def unknown_people(today: date) -> Iterator[Sign]:
    """Say that more than a fifth of sessions are of nobody knows whom."""
    span = Span.ending(today, 7)
    share = identified_share(span)
    if share is not None and sum(sessions_by_day(span).values()) >= FEWEST_SESSIONS:
        unknown = 1 - share
        if unknown > UNKNOWN:
            percent = round(100 * unknown)
            yield Sign("sessions", f"Nobody knows whose {percent}% of the sessions of 7 days are.")


@rule
def spike(today: date) -> Iterator[Sign]:
    """Give a day with more sessions than usual on its weekday, by more than 3 deviations (MAD)."""
    day = today - timedelta(days=1)
    by_day = sessions_by_day(Span(day - timedelta(weeks=SPIKE_WEEKS), day))
    before = [by_day.get(day - timedelta(weeks=n), 0) for n in range(1, SPIKE_WEEKS + 1)]
    usual = median(before)
    deviation = max(1.0, median(abs(number - usual) for number in before))
    if by_day.get(day, 0) > usual + SPIKE * deviation and any(before):
        yield Sign(
            day.isoformat(),
            f"{by_day[day]} sessions on {day}; {usual:g} are usual on that weekday.",
        )


@rule
def target_at_risk(today: date) -> Iterator[Sign]:
    """Give targets that the line of the last 8 known weeks does not reach."""
    for target in UsageTarget.objects.filter(due__gte=today):
        metric = METRICS.get(target.metric)
        weeks = UsageMetricWeek.objects.filter(metric=target.metric, state="known")
        values = list(weeks.order_by("-week").values_list("value", flat=True)[:8])[::-1]
        known = [value for value in values if value is not None]
        if metric is None or len(known) < 4:
            continue
        slope = (known[-1] - known[0]) / (len(known) - 1)
        reached = known[-1] + slope * (target.due - today).days / 7
        short = reached > target.value if metric.falling_is_good else reached < target.value
        if short:
            yield Sign(
                f"{target.metric}:{target.due}",
                f"Target at risk: {metric.title.lower()} {target.value:g} by {target.due}.",
            )


@rule
def forecast_slipped(today: date) -> Iterator[Sign]:
    """Give a forecast that is more than four weeks later than the one of a week ago."""
    rows = {one.day: one for one in UsageForecast.objects.filter(day__lte=today)}
    now, before = rows.get(today), rows.get(today - timedelta(days=7))
    if now and before and now.middle and before.middle and now.middle - before.middle > SLIPPED:
        weeks = (now.middle - before.middle).days // 7
        yield Sign("forecast", f"The forecast slipped by {weeks} weeks to {now.middle}.")
