"""The calendar of training: windows in which use is training, and what was seen in them."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from preview.audit.actions import record_entry
from preview.usage.actions import add_training_window, delete_training_window
from preview.usage.metrics.registry import METRICS
from preview.usage.models import UsageTrainingWindow
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.standings import today_in_london
from preview.usage.results import UsageSession
from preview.web.usage.answers import saved
from preview.web.usage.charts import Series, line_chart
from preview.web.usage.entry import actor, managers_only, page, usage_page
from preview.web.usage.forms import TrainingForm
from preview.web.usage.overview import headline, weeks_of


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show coming and past windows, and training by week."""
    today, now = today_in_london(), timezone.now()
    points = weeks_of(("training",), today)["training"]
    windows = UsageTrainingWindow.objects.filter(ends_at__gte=now - timedelta(days=365))
    counted = {
        one.pk: UsageSession.objects.filter(
            audience="training", started_at__range=(one.starts_at, one.ends_at), why="window"
        ).count()
        for one in windows.filter(starts_at__lte=now)
    }
    return page(
        request,
        "training",
        chart_of=line_chart(
            "training",
            headline(points, "training session"),
            METRICS["training"].definition,
            [Series(METRICS["training"].title, points)],
            today=today,
        ),
        coming=windows.filter(ends_at__gte=now).order_by("starts_at"),
        past=windows.filter(ends_at__lt=now).order_by("-starts_at")[:50],
        counted=counted,
        titles=dict(UsageStanding.objects.order_by("title").values_list("key", "title")),
    )


@require_POST
@managers_only
def add(request: HttpRequest) -> HttpResponse:
    """Enter a window; the days that it touches are rebuilt."""

    def keep(**values: object) -> None:
        made = add_training_window(**values)  # type: ignore[arg-type]  # checked by the form
        record_entry(
            action="usage_training.add", actor=actor(request), subject=f"training:{made.pk}"
        )

    return saved(request, TrainingForm(), keep, reverse("usage_training"))


@require_POST
@managers_only
def delete(request: HttpRequest, window_id: int) -> HttpResponse:
    """Take a window back."""
    delete_training_window(window_id=window_id)
    record_entry(
        action="usage_training.delete", actor=actor(request), subject=f"training:{window_id}"
    )
    return redirect("usage_training")
