"""Displacement: which share of all previews happened in production.

Production ÷ (production + integration), both in sessions cut by the same rule. It alone tells that
use moved from that it merely fell. A week without any previews has no share.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Sum

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week, monday
from preview.usage.programme.figures import UsagePreview
from preview.usage.queries import REMAINING, Span, sessions_by_day
from preview.usage.results import UsageDay

Place = tuple[str, str, date]  # organisation, kind, week


def previews_by_day(span: Span) -> dict[date, int]:
    """Return preview sessions in production by day."""
    rows = UsagePreview.objects.filter(day__range=(span.first, span.last))
    return dict(rows.values_list("day").annotate(n=Count("id")).order_by("day"))


def measure(frame: Frame) -> dict[date, float | None]:
    """Return production's share of all previews by week."""
    production = by_week(previews_by_day(frame.span).items())
    integration = by_week(sessions_by_day(frame.span).items())
    return {
        week: share(production.get(week, 0), integration.get(week, 0))
        for week in production.keys() | integration.keys()
    }


def production(frame: Frame) -> dict[date, float | None]:
    """Return preview sessions in production by week."""
    return {**by_week(previews_by_day(frame.span).items())}


def share(production: float, integration: float) -> float | None:
    """Return production's share; None where there was nothing at all."""
    total = production + integration
    return production / total if total else None


def divided(span: Span, organisations: Iterable[str] | None = None) -> dict[Place, float | None]:
    """Return production's share by organisation, kind and week."""
    there = UsageDay.objects.filter(
        day__range=(span.first, span.last), qualifying=True, audience__in=REMAINING
    )
    here = UsagePreview.objects.filter(day__range=(span.first, span.last))
    if organisations is not None:
        there = there.filter(organisation__in=list(organisations))
        here = here.filter(organisation__in=list(organisations))
    place = ("organisation", "kind", "day")
    used: dict[Place, list[int]] = {}
    for column, rows in (
        (0, here.values_list(*place).annotate(n=Count("id")).order_by()),
        (1, there.values_list(*place).annotate(n=Sum("sessions")).order_by()),
    ):
        for organisation, kind, day, number in rows:
            used.setdefault((organisation, kind, monday(day)), [0, 0])[column] += number
    return {place: share(*numbers) for place, numbers in used.items()}


register(
    Metric(
        "displacement",
        "Previews in production",
        "share",
        measure,
        "Preview sessions in this service, of all preview sessions here and on integration.",
        falling_is_good=False,
    )
)
register(
    Metric(
        "production",
        "Preview sessions in production",
        "sessions",
        production,
        "Sessions in which somebody looked at a preview in this service.",
        of_logs=False,
        falling_is_good=False,
    )
)
