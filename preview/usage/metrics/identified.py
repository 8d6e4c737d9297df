"""Identified share: of how many remaining sessions the person or organisation is known."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, monday
from preview.usage.queries import REMAINING
from preview.usage.results import UsageDay


def measure(frame: Frame) -> dict[date, float | None]:
    """Return the identified share by week."""
    rows = UsageDay.objects.filter(
        day__range=(frame.span.first, frame.span.last), qualifying=True, audience__in=REMAINING
    )
    totals: dict[date, list[int]] = {}
    counted = rows.values_list("day", "identified").annotate(n=Sum("sessions")).order_by()
    for day, identified, number in counted:
        found = totals.setdefault(monday(day), [0, 0])
        found[0] += number
        found[1] += number if identified else 0
    return {week: known / number for week, (number, known) in totals.items() if number}


register(
    Metric(
        "identified",
        "Identified share",
        "share",
        measure,
        "Remaining sessions whose person or organisation is known. Figures of organisations hold "
        "for this share.",
        falling_is_good=False,
    )
)
