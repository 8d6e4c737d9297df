"""Substitutable share: which remaining sessions production could have shown on that very day.

By the dated table of capabilities. Sessions whose kind nobody knows are kept apart: they are in
neither part of the share.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, monday
from preview.usage.queries import REMAINING, Span
from preview.usage.results import UsageDay


def rows(span: Span) -> list[tuple[date, str, int]]:
    """Return day, kind and remaining sessions."""
    found = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )
    return list(found.values_list("day", "kind").annotate(n=Sum("sessions")).order_by())


def parts(frame: Frame) -> dict[date, tuple[int, int, int]]:
    """Return by week: sessions that could move, that are blocked, and of unknown kind."""
    weeks: dict[date, list[tuple[date, str, int]]] = {}
    for row in rows(frame.span):
        weeks.setdefault(monday(row[0]), []).append(row)
    return {week: frame.capabilities.split(found) for week, found in weeks.items()}


def measure(frame: Frame) -> dict[date, float | None]:
    """Return by week the share that could move, of sessions whose kind is known."""
    return {
        week: could / (could + blocked) if could + blocked else None
        for week, (could, blocked, _) in parts(frame).items()
    }


register(
    Metric(
        "substitutable",
        "Could move today",
        "share",
        measure,
        "Remaining sessions whose kind production could preview on that day, of those whose kind "
        "is known.",
        falling_is_good=False,
    )
)
