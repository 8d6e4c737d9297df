"""Organisations remaining: those with a remaining session in the 28 days up to a week's end."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame
from preview.usage.queries import REMAINING
from preview.usage.results import UsageDay

DAYS = 28


def measure(frame: Frame) -> dict[date, float | None]:
    """Return by week how many known organisations had remaining use in the 28 days to its end."""
    first = frame.span.first - timedelta(days=DAYS)
    rows = UsageDay.objects.filter(
        day__range=(first, frame.today), qualifying=True, audience__in=REMAINING
    ).exclude(organisation="")
    used: dict[str, list[date]] = {}
    pairs = rows.order_by("day").values_list("organisation", "day").distinct()
    for organisation, day in pairs.iterator(5_000):
        used.setdefault(organisation, []).append(day)
    found: dict[date, float | None] = {}
    for week in frame.weeks:
        last = min(week + timedelta(days=6), frame.today)
        since = last - timedelta(days=DAYS - 1)
        found[week] = float(sum(within(days, since, last) for days in used.values()))
    return found


def within(days: list[date], first: date, last: date) -> bool:
    """Say whether one of the sorted days lies in a span."""
    place = bisect_left(days, first)
    return place < len(days) and days[place] <= last


register(
    Metric(
        "organisations",
        "Organisations remaining",
        "organisations",
        measure,
        "Organisations with a remaining session in the 28 days up to the end of the week.",
    )
)
