"""Campaigns of nudges with their funnels and effects, and the planner of brownouts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from preview.usage.actions import active_rules
from preview.usage.metrics.nudges import funnels
from preview.usage.programme.acting import UsageBrownout, UsageCampaign
from preview.usage.programme.brownouts import STEPS, cancel_brownout, plan_brownout, result
from preview.usage.programme.effects import effect
from preview.usage.programme.figures import UsageStanding
from preview.usage.programme.nudging import save_campaign
from preview.usage.programme.standings import today_in_london
from preview.usage.queries import Span
from preview.web.usage.answers import saved_by
from preview.web.usage.entry import actor, managers_only, page, usage_page
from preview.web.usage.forms import BrownoutForm, CampaignForm

SHOWN = 10


@require_safe
@usage_page
def index(request: HttpRequest) -> HttpResponse:
    """Show campaigns with what they did, and brownouts with what was tried in them."""
    today = today_in_london()
    shown = [
        (one, funnels(Span(one.starts, today), one.name), effect(one, today))
        for one in UsageCampaign.objects.all()[:SHOWN]
    ]
    apps = {one.app for one in active_rules().hosts.values() if one.role == "publisher_app"}
    return page(
        request,
        "campaigns",
        campaigns=shown,
        brownouts=[(one, result(one)) for one in UsageBrownout.objects.order_by("-starts_at")[:20]],
        steps=STEPS,
        apps=sorted(apps),
        organisations=UsageStanding.objects.order_by("title").values_list("key", "title"),
    )


@require_POST
@managers_only
def add(request: HttpRequest) -> HttpResponse:
    """Make or change a campaign."""
    return saved_by(
        request,
        CampaignForm(),
        save_campaign,
        reverse("usage_campaigns"),
        organisations=request.POST.getlist("organisations"),
        control=request.POST.getlist("control"),
    )


@require_POST
@managers_only
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a brownout."""
    return saved_by(request, BrownoutForm(), plan_brownout, reverse("usage_campaigns"))


@require_POST
@managers_only
def cancel(request: HttpRequest, brownout_id: int) -> HttpResponse:
    """Take a brownout back."""
    cancel_brownout(brownout_id=brownout_id, actor=actor(request))
    return redirect("usage_campaigns")
