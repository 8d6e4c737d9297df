"""The health of the data: sources, lag, lines that were refused, and the heat table of coverage."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from preview.usage.actions import active_rules
from preview.usage.programme.standings import today_in_london
from preview.usage.queries import Span, day_states, reject_causes, source_health
from preview.usage.results import UsageCoverage
from preview.web.usage.entry import page, usage_page

DAYS = 28


def heat(span: Span) -> list[tuple[str, list[tuple[date, str]]]]:
    """Return by host how each day is known: complete, part, or no data."""
    rows = UsageCoverage.objects.filter(day__range=(span.first, span.last), counting=True)
    known: dict[str, dict[date, str]] = {}
    for host, day, complete in rows.values_list("host", "day", "complete"):
        known.setdefault(host, {})[day] = "complete" if complete else "part"
    days = span.days()
    return [
        (host, [(day, by_day.get(day, "none")) for day in days])
        for host, by_day in sorted(known.items())
    ]


def lag(seconds: float | None) -> str:
    """Return how old the newest line is."""
    if seconds is None:
        return "Nothing came yet"
    hours = seconds / 3600
    if hours < 1:
        return f"{max(0, round(seconds / 60))} minutes"
    return f"{round(hours)} hours" if hours < 48 else f"{round(hours / 24)} days"


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show how well the figures are known."""
    today = today_in_london()
    span = Span.ending(today, DAYS)
    states = day_states(span, active_rules())
    causes = reject_causes()
    return page(
        request,
        "health",
        sources=[(one, lag(one.lag), causes.get(one.source.pk, [])[:5]) for one in source_health()],
        days=span.days(),
        heat=heat(span),
        day_states={day: state.value for day, state in states.items()},
        weekend=[day for day in span.days() if day.weekday() > 4],
        since=today - timedelta(days=7),
    )
