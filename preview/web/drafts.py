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
from preview.rendering.models import Rendering
from preview.sharing.models import ShareLink
from preview.web import frames
from preview.web.forms import PRESETS, ShareLinkForm
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
    """Show a draft: its preview, versions, fidelity report and share links."""
    return draft_page(request, visible_draft(viewer(request), draft_id))


def draft_page(
    request: HttpRequest,
    draft: Draft,
    form: ShareLinkForm | None = None,
    new_link: str = "",
    status: int = 200,
) -> HttpResponse:
    """Return the page of a draft, with a form that was refused or a link just made."""
    staff = viewer(request)
    versions = list(draft.versions.defer("payload").order_by("-number")[:20])
    wanted = request.GET.get("version", "")
    shown = next((one for one in versions if str(one.number) == wanted), versions[0])
    rendering = Rendering.objects.in_own_pack().filter(version=shown).newest_first().first()
    width = request.GET.get("width", "desktop")
    values: dict[str, Any] = {
        "draft": draft,
        "person": request.user,
        "versions": versions,
        "shown": shown,
        "rendering": rendering,
        "width": width if width in WIDTHS else "desktop",
        "widths": WIDTHS,
        "frame": frame_address(staff, rendering),
        "share": draft.decide(staff, Act.SHARE),
        "links": links_of(draft),
        "presets": PRESETS,
        "form": form,
        "new_link": new_link,
    }
    return render(request, "web/drafts/show.html", values, status=status, using="jinja2")


def frame_address(staff: Staff, rendering: Rendering | None) -> str:
    """Return where the frame of a ready rendering starts; empty when there is nothing to show."""
    if rendering is None or rendering.state != Rendering.State.READY:
        return ""
    return f"{settings.PREVIEW_ORIGIN}/enter/{frames.ticket(staff.uid, rendering.id)}"


def links_of(draft: Draft) -> list[ShareLink]:
    """Return the draft's share links, newest first, with who opened them."""
    return list(
        ShareLink.objects.filter(pack__own_draft=draft)
        .select_related("pinned_version")
        .prefetch_related("grants")
        .order_by("-created_at")[:100]
    )


def newest(draft: Draft) -> Version:
    """Return the newest version of a draft."""
    return draft.versions.get(number=draft.version_number)
