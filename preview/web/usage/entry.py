"""Who may open the pages of usage, and what all of them show.

Everyone with the `signin` permission sees organisations. `manage_usage` also sees people (which is
audited) and may change things. For everybody else there is nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db.models import F, Max, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from preview.usage.metrics.registry import METRICS
from preview.usage.programme.figures import UsageMetricWeek, UsageStanding
from preview.usage.programme.standings import today_in_london
from preview.usage.programme.states import WORDS
from preview.web.usage import wording
from preview.web.viewer import View, person_of, signed_in, viewer

P = ParamSpec("P")
MANAGE = "manage_usage"
QUALITY = ("identified", "completeness")


def usage_page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in everyone who may sign in to the service."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if "signin" not in viewer(request).permissions:
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(checked)


def managers_only(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let in those who manage the programme; for others there is nothing here."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not manages(request):
            raise Http404
        return view(request, *args, **kwargs)

    return usage_page(checked)


def manages(request: HttpRequest) -> bool:
    """Say whether the signed-in person manages the programme."""
    return MANAGE in viewer(request).permissions


def actor(request: HttpRequest) -> str:
    """Return the signed-in person as the audit trail names them."""
    return f"person:{person_of(request).uid}"


def page(request: HttpRequest, name: str, status: int = 200, **values: Any) -> HttpResponse:
    """Return a page of usage with what all of them show."""
    shown = {
        "person": request.user,
        "here": name,
        "manages": manages(request),
        "made_at": values.pop("made_at") if "made_at" in values else made_at(),
        "quality": values.pop("quality") if "quality" in values else quality(),
        "words": wording,
        "states": WORDS,
        **values,
    }
    return render(request, f"web/usage/{name}.html", shown, status=status, using="jinja2")


def made_at() -> datetime | None:
    """Return when the figures were made last."""
    found: datetime | None = UsageStanding.objects.aggregate(made=Max("made_at"))["made"]
    return found


def quality() -> dict[str, float | None]:
    """Return the identified share and the completeness of the last weeks that have them."""
    rows = UsageMetricWeek.objects.filter(
        metric__in=QUALITY, value__isnull=False, week__lte=today_in_london()
    )
    places = Window(RowNumber(), partition_by="metric", order_by=F("week").desc())
    newest = rows.annotate(place=places).filter(place__lte=4)
    values: dict[str, list[float]] = {name: [] for name in QUALITY}
    for name, value in newest.values_list("metric", "value"):
        values[name].append(value or 0.0)
    return {name: mean(found) for name, found in values.items()}


def mean(values: Sequence[float]) -> float | None:
    """Return the mean; None of nothing."""
    return sum(values) / len(values) if values else None


def names_of_metrics() -> dict[str, str]:
    """Return the titles of metrics by name."""
    return {name: metric.title for name, metric in sorted(METRICS.items())}
