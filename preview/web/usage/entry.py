"""Who may open the pages of usage, and what all of them show.

Everyone with the `signin` permission sees organisations. `manage_usage` also sees people (which is
audited) and may change things. For everybody else there is nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

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
    made = UsageStanding.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    shown = {
        "person": request.user,
        "here": name,
        "manages": manages(request),
        "made_at": made,
        "quality": quality(),
        "words": wording,
        "states": WORDS,
        **values,
    }
    return render(request, f"web/usage/{name}.html", shown, status=status, using="jinja2")


def quality() -> dict[str, float | None]:
    """Return the identified share and the completeness of the last weeks that have them."""
    found: dict[str, float | None] = {}
    for name in ("identified", "completeness"):
        rows = UsageMetricWeek.objects.filter(
            metric=name, value__isnull=False, week__lte=today_in_london()
        )
        newest = rows.order_by("-week").values_list("value", flat=True)[:4]
        values = [value for value in newest if value is not None]
        found[name] = sum(values) / len(values) if values else None
    return found


def names_of_metrics() -> dict[str, str]:
    """Return the titles of metrics by name."""
    return {name: metric.title for name, metric in sorted(METRICS.items())}
