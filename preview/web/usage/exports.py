"""The weeks of all metrics as files: CSV and JSON. What is not known is empty, or null."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from preview.usage.metrics.registry import METRICS
from preview.usage.programme.figures import UsageMetricWeek
from preview.usage.programme.standings import today_in_london
from preview.web.usage.csv import csv_response
from preview.web.usage.entry import usage_page
from preview.web.usage.organisations import few

WEEKS = 104


def rows() -> list[UsageMetricWeek]:
    """Return two years of weeks."""
    since = today_in_london() - timedelta(weeks=WEEKS)
    found = UsageMetricWeek.objects.filter(week__gte=since, metric__in=METRICS)
    return list(found.order_by("metric", "week"))


@require_safe
@usage_page
def metrics_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Give the weeks as CSV."""
    lines = [(row.metric, row.week, shown(row), row.state) for row in rows()]
    return csv_response("usage-weeks", ("metric", "week", "value", "state"), lines, {})


def shown(row: UsageMetricWeek) -> float | str | None:
    """Return a value; a few people are not counted exactly."""
    if METRICS[row.metric].unit == "people" and row.value is not None:
        return few(int(row.value))
    return row.value


@require_safe
@usage_page
def metrics_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Give the weeks as JSON, by metric."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in METRICS}
    for row in rows():
        week: dict[str, object] = {
            "week": row.week.isoformat(),
            "value": shown(row),
            "state": row.state,
        }
        found[row.metric].append(week)
    return JsonResponse(
        {
            "metrics": [
                {
                    "name": name,
                    "title": metric.title,
                    "unit": metric.unit,
                    "definition": metric.definition,
                    "weeks": found[name],
                }
                for name, metric in sorted(METRICS.items())
            ]
        }
    )
