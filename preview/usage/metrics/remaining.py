"""Remaining sessions a week: qualifying sessions that are not training; and how they divide."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Sum

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week
from preview.usage.queries import REMAINING, Span, sessions_by_day
from preview.usage.results import UsageActivityDay, UsageDay

PARTS = ("organisation", "app", "kind")


def measure(frame: Frame) -> dict[date, float | None]:
    """Return remaining sessions by week."""
    return {**by_week(sessions_by_day(frame.span).items())}


def divided(span: Span, part: str) -> list[tuple[str, int]]:
    """Return remaining sessions by organisation, app or kind, most first; `""` is unknown."""
    if part not in PARTS:
        raise ValueError(f"Sessions are divided by {', '.join(PARTS)}.")
    rows = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )
    counted = rows.values_list(part).annotate(n=Sum("sessions")).order_by()
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def activities(span: Span, organisation: str | None = None) -> Counter[tuple[str, str]]:
    """Return requests of remaining users by kind and activity: what they did with what."""
    rows = UsageActivityDay.objects.filter(
        day__range=(span.first, span.last), audience__in=REMAINING
    )
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    counted = rows.values_list("kind", "activity").annotate(n=Sum("requests")).order_by()
    return Counter({(kind, activity): number for kind, activity, number in counted})


register(
    Metric(
        "remaining",
        "Remaining sessions",
        "sessions",
        measure,
        "Sessions in which somebody previewed, shared, or edited what has no draft in production. "
        "Training is a series of its own.",
    )
)
