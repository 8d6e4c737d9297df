"""Queues and failures: what waits, what is stuck, what failed, and trying it again."""

from __future__ import annotations

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from preview.outbox.queues import queues, send_now, stuck
from preview.rendering.retrying import MOST_AT_ONCE, failures, retry
from preview.web.administration.addresses import as_id, back_to, number
from preview.web.administration.admins import actor_of, admins_only
from preview.web.administration.titles import titles
from preview.web.viewer import viewer
from preview.webhooks.models import Message

A_PAGE = 25
MOST_REASONS = 20


@require_safe
@admins_only
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits and what failed; `done` says what came of the last click."""
    sentence = request.GET.get("failure", "").replace("\0", "")
    failed = list(
        failures(sentence).select_related("pack__own_draft", "version__draft")[: A_PAGE + 1]
    )
    reasons = failures().order_by().values("failure").annotate(count=Count("pk")).order_by("-count")
    refused = (
        Message.objects.exclude(state=Message.State.DELIVERED)
        .filter(tries__gt=0)
        .values("endpoint", "endpoint__address", "endpoint__app__name", "state")
        .annotate(count=Count("pk"), last=Max("created_at"))
        .order_by("-last")
    )
    late = list(stuck()[: A_PAGE + 1])
    values = {
        "person": request.user,
        "queues": queues(),
        "stuck": late[:A_PAGE],
        "more_stuck": len(late) > A_PAGE,
        "failed": failed[:A_PAGE],
        "more_failed": len(failed) > A_PAGE,
        "reasons": reasons[:MOST_REASONS],
        "sentence": sentence,
        "titles": titles(viewer(request), (one.pack for one in failed)),
        "refused": refused[:A_PAGE],
        "done": request.GET.get("done", ""),
        "count": number(request, "count"),
        "left": number(request, "left"),
        "now": timezone.now(),
    }
    return render(request, "web/administration/queues.html", values, using="jinja2")


@require_POST
@admins_only
def render_again(request: HttpRequest) -> HttpResponse:
    """Render one failed rendering again, or all that failed for a reason; once however often."""
    sentence = request.POST.get("failure", "").replace("\0", "")
    wanted = failures(sentence).select_related("version__draft")
    if one := as_id(request.POST.get("rendering", "")):
        wanted = wanted.filter(id=one)
    elif "all" not in request.POST:
        wanted = wanted.none()
    count = retry(renderings=list(wanted[:MOST_AT_ONCE]), actor=actor_of(request))
    return back_to("queues", done="rendered", count=count)


@require_POST
@admins_only
def deliver_again(request: HttpRequest) -> HttpResponse:
    """Send one stuck delivery again, or all of them, at once."""
    one = as_id(request.POST.get("delivery", ""))
    ids = [one] if one else []
    if "all" in request.POST:
        ids = list(stuck().values_list("id", flat=True)[:MOST_AT_ONCE])
    sent, left = send_now(ids=ids, actor=actor_of(request))
    return back_to("queues", done="sent", count=sent, left=left)
