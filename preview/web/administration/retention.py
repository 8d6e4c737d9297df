"""Retention: how long what is kept, what was deleted, legal holds."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from preview.errors import InvalidInput
from preview.retention.actions import lift_hold, place_hold
from preview.retention.models import Hold, Receipt
from preview.retention.rules import RULES
from preview.web.administration.admins import actor_of, admins_only
from preview.web.trail_words import names

MOST_RECEIPTS = 50
MOST_HOLDS = 200


@require_safe
@admins_only
def index(request: HttpRequest) -> HttpResponse:
    """Show the rules, the holds and the newest receipts."""
    return retention_page(request)


def retention_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """Return the page, with what is wrong with a hold that was not placed."""
    holds = list(Hold.objects.filter(lifted_at=None)[:MOST_HOLDS])
    lifted = list(Hold.objects.exclude(lifted_at=None).order_by("-lifted_at")[:MOST_RECEIPTS])
    values = {
        "person": request.user,
        "rules": RULES,
        "receipts": Receipt.objects.all()[:MOST_RECEIPTS],
        "holds": holds,
        "lifted": lifted,
        "kinds": Hold.Kind.choices,
        "names": names({*(one.placed_by for one in holds), *(one.lifted_by for one in lifted)}),
        "error": error,
        "was": request.POST,
    }
    page = "web/administration/retention.html"
    return render(request, page, values, status=status, using="jinja2")


@require_POST
@admins_only
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold."""
    try:
        place_hold(
            kind=request.POST.get("kind", ""),
            target=as_uuid(request.POST.get("target", "")),
            reason=request.POST.get("reason", ""),
            placed_by=actor_of(request),
        )
    except InvalidInput as error:
        return retention_page(request, error=str(error), status=422)
    return redirect("retention")


def as_uuid(text: str) -> uuid.UUID | None:
    """Read an id; None for what is none."""
    try:
        return uuid.UUID(text.strip())
    except ValueError:
        return None


@require_POST
@admins_only
def lift(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """Lift a hold."""
    lift_hold(hold=get_object_or_404(Hold, pk=hold_id), lifted_by=actor_of(request))
    return redirect("retention")
