"""The way from integration to the preview of the same thing in production.

A banner on integration leads here. Where there is a draft that this person may see, they are sent
to its page; else a page says how to preview this kind of content. Absent and forbidden look alike.
Nothing of the address is ever a place to go to, so it can't lead elsewhere.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from preview.access import Act, Staff
from preview.drafts.models import Draft
from preview.errors import InvalidInput
from preview.usage.actions import active_rules
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.nudging import Way, answer, known_way, record_nudge, who_is
from preview.usage.programme.standings import today_in_london
from preview.web.usage import wording
from preview.web.usage.entry import page, usage_page
from preview.web.viewer import person_of, viewer

MOST_DRAFTS = 50


def way_of(asked: dict[str, str]) -> Way:
    """Return what the address says, as far as anybody knows it."""
    try:
        content_id = str(uuid.UUID(asked.get("content_id", "")))
    except ValueError:
        content_id = ""
    names = ("app", "kind", "campaign", "variant")
    return known_way(content_id=content_id, **{name: asked.get(name, "")[:80] for name in names})


def draft_of(content_id: str, staff: Staff) -> Draft | None:
    """Return the draft of an item that this person may see: English first, then the newest."""
    if not content_id:
        return None
    drafts = Draft.objects.open().filter(content_id=content_id).order_by("-updated_at")
    seen = [one for one in drafts[:MOST_DRAFTS] if one.decide(staff, Act.VIEW).allowed]
    return min(seen, key=lambda one: one.locale != "en", default=None)


@require_safe
@usage_page
def go(request: HttpRequest) -> HttpResponse:
    """Lead to the preview, or say how to make one; the click is counted."""
    way = way_of(request.GET.dict())
    draft = draft_of(way.content_id, viewer(request))
    record_nudge(event="clicked", who=who_is(person_of(request)), way=way, found=draft is not None)
    if draft is not None:
        return redirect("draft", draft.id)
    return how(request, way)


def how(request: HttpRequest, way: Way, *, status: int = 200, wrong: str = "") -> HttpResponse:
    """Show how to preview this kind of content, and ask why not."""
    table = capabilities()
    return page(
        request,
        "go",
        status=status,
        way=way,
        kind=wording.kind(way.kind) if way.kind else "",
        can=table.can(way.kind, today_in_london()),
        reasons=[row for row in active_rules().reasons if row["code"] != "ACCOUNT_KEEPALIVE"],
        wrong=wrong,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@usage_page
def reason(request: HttpRequest) -> HttpResponse:
    """Ask one question: why somebody can't use production; and keep the answer."""
    way = way_of((request.POST if request.method == "POST" else request.GET).dict())
    if request.method != "POST":
        return how(request, way)
    try:
        answer(
            who=who_is(person_of(request)),
            way=way,
            reason=request.POST.get("reason", ""),
            text=request.POST.get("text", "").replace("\0", ""),
            via="go",
        )
    except InvalidInput as error:
        return how(request, way, status=422, wrong=str(error))
    return redirect("go_thanks")


@require_safe
@usage_page
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank for the answer."""
    return page(request, "thanks")
