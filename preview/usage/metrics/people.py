"""Active people: known people with remaining use, each counted once in a week.

Sessions of unknown people are a series beside it. The two are never added: one browser may be many
people, and one person many browsers.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week, monday
from preview.usage.queries import REMAINING, remaining
from preview.usage.results import UsageDay


def measure(frame: Frame) -> dict[date, float | None]:
    """Return how many known people had remaining use in each week."""
    people: dict[date, set[str]] = {}
    rows = remaining(frame.span).exclude(person="").order_by().values_list("day", "person")
    for day, person in rows.distinct().iterator(5_000):
        people.setdefault(monday(day), set()).add(person)
    return {week: float(len(found)) for week, found in people.items()}


def unknown(frame: Frame) -> dict[date, float | None]:
    """Return the remaining sessions of which nobody knows the person or organisation."""
    rows = UsageDay.objects.filter(
        day__range=(frame.span.first, frame.span.last),
        qualifying=True,
        audience__in=REMAINING,
        identified=False,
    )
    return {**by_week(rows.values_list("day").annotate(n=Sum("sessions")).order_by("day"))}


register(
    Metric(
        "people",
        "Active people",
        "people",
        measure,
        "Known people with a remaining session, each once a week.",
    )
)
register(
    Metric(
        "unknown_sessions",
        "Sessions of unknown people",
        "sessions",
        unknown,
        "Remaining sessions without a known person or organisation. Shown beside people, never "
        "added to them.",
    )
)
