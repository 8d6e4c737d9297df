"""What managers set for all: targets, events, waves."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from preview.usage.programme import actions
from preview.web.usage.answers import saved_by
from preview.web.usage.entry import managers_only
from preview.web.usage.forms import AnnotationForm, TargetForm, WaveForm


@require_POST
@managers_only
def set_target(request: HttpRequest) -> HttpResponse:
    """Set a target."""
    return saved_by(request, TargetForm(), actions.set_target, reverse("usage"))


@require_POST
@managers_only
def annotate(request: HttpRequest) -> HttpResponse:
    """Note an event."""
    return saved_by(request, AnnotationForm(), actions.annotate, reverse("usage"))


@require_POST
@managers_only
def save_wave(request: HttpRequest) -> HttpResponse:
    """Make or change a wave."""
    return saved_by(
        request,
        WaveForm(),
        actions.save_wave,
        reverse("usage_organisations"),
        organisations=request.POST.getlist("organisations"),
    )
