"""Packs as people see them: the list, a pack, its preview in a frame."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Exists, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from preview.access import Act, Decision, Staff, decide_pack
from preview.drafts.models import Draft
from preview.packs.models import Audience, Pack, PackDraft
from preview.packs.owners import agrees, edited_by, edits, takes_back, usable
from preview.rendering.missing import missing_drafts
from preview.rendering.models import PackPage, Rendering
from preview.web import frames
from preview.web.drafts import WIDTHS
from preview.web.viewer import signed_in, viewer

A_PAGE = 50
MOST_PAGES = 50
DONE = {
    "made": "Pack made. Now add drafts to it.",
    "saved": "Pack saved.",
    "added": "Draft added to the pack.",
    "waits": "Draft added. Its owner has to agree before the pack shows it.",
    "removed": "Draft removed from the pack.",
    "moved": "Order saved.",
    "agreed": "You agreed. The pack shows the draft as soon as its preview is made.",
    "gone": "This draft is no longer in the pack.",
}


@dataclass(frozen=True)
class Row:
    """A draft of a pack with what can be done with it; `state` is a name of the template's.

    `up` and `down` are the places, among all drafts of the pack, of the shown ones around it.
    """

    member: PackDraft
    draft: Draft
    state: str
    failure: str
    can_agree: bool
    can_remove: bool
    up: int | None
    down: int | None


def visible_packs(staff: Staff) -> QuerySet[Pack]:
    """Return the packs that somebody may see: their own, and those with a draft that they may see.

    A pack of drafts that are hidden from them does not exist for them, nor does its name. A draft
    that waits for consent lets its owner see where it would be shown.
    """
    named = Pack.objects.filter(own_draft=None, archived_at=None)
    if not usable(staff):
        return named.none()
    seen = Draft.objects.visible_to(staff).values("id")
    holding = PackDraft.objects.filter(draft__in=seen).values("pack")
    return named.filter(edited_by(staff) | Q(id__in=holding))


def visible_pack(staff: Staff, pack_id: uuid.UUID) -> Pack:
    """Return a pack that this person may see; for all others there is nothing here."""
    pack = visible_packs(staff).filter(id=pack_id).first()
    if pack is None:
        raise Http404
    return pack


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """List the packs that this person may see, newest first, with a search."""
    staff = viewer(request)
    text = request.GET.get("q", "").strip().replace("\0", "")[:200]
    packs = visible_packs(staff).annotate(count=Count("members"))
    if text:
        packs = packs.filter(Q(name__icontains=text) | Q(description__icontains=text))
    page = Paginator(packs.order_by("-updated_at", "-id"), A_PAGE).get_page(request.GET.get("page"))
    values = {"page": page, "text": text, "person": request.user}
    return render(request, "web/packs/index.html", values, using="jinja2")


@require_safe
@signed_in
def show(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show a pack: its drafts in order, what it lacks, the live pages that it changes."""
    return pack_page(request, visible_pack(viewer(request), pack_id))


def pack_page(
    request: HttpRequest, pack: Pack, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """Return the page of a pack, with what was refused."""
    staff = viewer(request)
    members = members_of(pack)
    limits = pack.limits_of([one.draft for one in members if not one.waits])
    shown = shown_pages(pack, decide_pack(staff, Act.VIEW, limits, timezone.now()))
    changed = shown.filter(page__rendering__version=None)
    values: dict[str, Any] = {
        "pack": pack,
        "person": request.user,
        "rows": rows_of(pack, members, staff),
        "may_edit": edits(staff, pack),
        "missing": missing_drafts(pack, readable=Draft.objects.visible_to(staff)),
        "changed": list(changed.order_by("path")[:MOST_PAGES]),
        **shown.order_by().aggregate(
            changed_count=Count("id", filter=Q(page__rendering__version=None)),
            has_pages=Count("id"),
        ),
        "links": pack.share_links.count(),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "problem": problem,
    }
    return render(request, "web/packs/show.html", values, status=status, using="jinja2")


def members_of(pack: Pack) -> list[PackDraft]:
    """Return all members of a pack, in order, with their drafts and what limits those."""
    found = pack.members.select_related("draft__app", "brought_by__draft", "pack__own_draft")
    return list(found.prefetch_related("draft__limits"))


def rows_of(pack: Pack, members: list[PackDraft], staff: Staff) -> list[Row]:
    """Return the drafts of a pack that this person may know of, in order."""
    seen = [one for one in members if one.draft.decide(staff, Act.VIEW).allowed]
    places = [None, *(members.index(one) for one in seen), None]
    renderings = newest_renderings(pack, seen)
    may_edit = edits(staff, pack)
    rows = []
    for number, member in enumerate(seen):
        draft, rendering = member.draft, renderings.get(member.draft_id)
        rows.append(
            Row(
                member=member,
                draft=draft,
                state=state_of(member, rendering),
                failure=rendering.failure if rendering else "",
                can_agree=member.waits and agrees(staff, member),
                can_remove=may_edit or takes_back(staff, draft),
                up=places[number] if may_edit else None,
                down=places[number + 2] if may_edit else None,
            )
        )
    return rows


def state_of(member: PackDraft, rendering: Rendering | None) -> str:
    """Return where a draft stands in its pack, by a name of the template's."""
    if member.draft.state != Draft.State.OPEN:
        return str(member.draft.state)
    if member.waits:
        return "waits"
    if rendering is None or rendering.state in (Rendering.State.QUEUED, Rendering.State.RENDERING):
        return "making"
    return str(rendering.state)


def newest_renderings(pack: Pack, members: Iterable[PackDraft]) -> dict[uuid.UUID, Rendering]:
    """Return the newest rendering of each draft in the pack."""
    drafts = [member.draft_id for member in members]
    found = Rendering.objects.filter(pack=pack, version__draft__in=drafts)
    ordered = found.select_related("version").order_by("version__number", "generation")
    return {one.version.draft_id: one for one in ordered if one.version}


def audiences_of(decision: Decision) -> list[str]:
    """Return for which audiences a pack's pages may be shown to somebody."""
    if not decision.allowed:
        return []
    return [Audience.OPEN, Audience.FULL] if decision.sees_limited else [Audience.OPEN]


def shown_pages(pack: Pack, decision: Decision) -> QuerySet[PackPage]:
    """Return the pages that a pack shows to somebody: with its limited drafts, or without them."""
    shown = PackPage.objects.filter(pack=pack).select_related("page__rendering__version__draft")
    if not (decision.allowed and decision.sees_limited):
        return shown.filter(audience__in=audiences_of(decision))
    full = PackPage.objects.filter(pack=pack, audience=Audience.FULL)
    return shown.filter(Q(audience=Audience.FULL) | ~Exists(full))


@require_safe
@signed_in
def preview(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show the pages of a pack in a frame, beginning with one of them."""
    staff = viewer(request)
    pack = visible_pack(staff, pack_id)
    pages = list(shown_pages(pack, pack.decide(staff, Act.VIEW)).order_by("path")[:200])
    wanted = request.GET.get("path", "")
    shown = next((one for one in pages if one.path == wanted), pages[0] if pages else None)
    width = request.GET.get("width", "desktop")
    values: dict[str, Any] = {
        "pack": pack,
        "person": request.user,
        "pages": pages,
        "shown": shown,
        "width": width if width in WIDTHS else "desktop",
        "widths": WIDTHS,
        "frame": frame_address(staff, pack, shown) if shown else "",
    }
    return render(request, "web/packs/preview.html", values, using="jinja2")


def frame_address(staff: Staff, pack: Pack, shown: PackPage) -> str:
    """Return where the frame of a pack starts."""
    return f"{settings.PREVIEW_ORIGIN}/enter/{frames.pack_ticket(staff.uid, pack.id, shown.path)}"
