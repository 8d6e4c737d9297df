"""Regressions: organisations that were migrated and used integration again. A list, not a rate."""

from __future__ import annotations

from datetime import date

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week
from preview.usage.programme.figures import UsageStateChange
from preview.usage.queries import Span


def regressions(span: Span) -> list[UsageStateChange]:
    """Return what went back in a span, the newest first."""
    found = UsageStateChange.objects.filter(after="regressed", day__range=(span.first, span.last))
    return list(found)


def measure(frame: Frame) -> dict[date, float | None]:
    """Return how many organisations went back by week."""
    return {**by_week((one.day, 1) for one in regressions(frame.span))}


register(
    Metric(
        "regressions",
        "Organisations that came back",
        "organisations",
        measure,
        "Organisations that were migrated and have a new remaining session.",
    )
)
