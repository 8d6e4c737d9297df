"""The weeks of all metrics as files: CSV and JSON. What is not known is empty, or null."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from preview.usage.programme.telling import metrics_told, value_of, weeks
from preview.web.usage.csv import csv_response
from preview.web.usage.entry import usage_page


@require_safe
@usage_page
def metrics_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Give the weeks as CSV."""
    lines = [(row.metric, row.week, value_of(row), row.state) for row in weeks()]
    return csv_response("usage-weeks", ("metric", "week", "value", "state"), lines, {})


@require_safe
@usage_page
def metrics_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (a view)
    """Give the weeks as JSON, by metric."""
    return JsonResponse({"metrics": metrics_told()})
