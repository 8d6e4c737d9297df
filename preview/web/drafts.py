"""The list of drafts and the page of one draft."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preview.access import Act, Staff
from preview.drafts.models import Draft, Version
from preview.packs.actions import own_pack
from preview.rendering.models import Rendering
from preview.web import frames
from preview.web.viewer import signed_in, viewer

WIDTHS = {"phone": "Phone", "tablet": "Tablet", "desktop": "Desktop"}
A_PAGE = 50


def visible_draft(staff: Staff, draft_id: uuid.UUID) -> Draft:
    """Return an open draft that this person may see; for all others there is nothing here."""
    draft = Draft.objects.open().select_related("app").filter(id=draft_id).first()
    if draft is None or not draft.decide(staff, Act.VIEW).allowed:
        raise Http404
    return draft


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """List the drafts that this person may see, newest first, with a search."""
    staff = viewer(request)
    if not {"signin"} <= staff.permissions:
        raise Http404
    text = request.GET.get("q", "").strip().replace("\0", "")[:200]
    drafts = Draft.objects.open().visible_to(staff).select_related("app")
    if text:
        drafts = drafts.matching(text)
    page = Paginator(drafts.order_by("-updated_at", "-id"), A_PAGE).get_page(
        request.GET.get("page")
    )
    values = {"page": page, "text": text, "person": request.user}
    return render(request, "web/drafts/index.html", values, using="jinja2")


@require_safe
@signed_in
def show(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Show a draft: its preview, versions and fidelity report."""
    staff = viewer(request)
    draft = visible_draft(staff, draft_id)
    pack = own_pack(draft)
    versions = list(draft.versions.defer("payload").order_by("-number")[:20])
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0])
    rendering = Rendering.objects.in_own_pack().filter(version=shown).newest_first().first()
    width = request.GET.get("width", "desktop")
    values: dict[str, Any] = {
        "draft": draft,
        "pack": pack,
        "person": request.user,
        "versions": versions,
        "shown": shown,
        "rendering": rendering,
        "width": width if width in WIDTHS else "desktop",
        "widths": WIDTHS,
        "frame": frame_address(staff, rendering),
        "links": pack.share_links.count(),
    }
    return render(request, "web/drafts/show.html", values, using="jinja2")


def frame_address(staff: Staff, rendering: Rendering | None) -> str:
    """Return where the frame of a ready rendering starts; empty when there is nothing to show."""
    if rendering is None or rendering.state != Rendering.State.READY:
        return ""
    return f"{settings.PREVIEW_ORIGIN}/enter/{frames.ticket(staff.uid, rendering.id)}"


def newest(draft: Draft) -> Version:
    """Return the newest version of a draft."""
    return draft.versions.get(number=draft.version_number)
