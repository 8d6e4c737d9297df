"""Sharing a pack, on one page: its links, a new one, ending one or all of them."""

from __future__ import annotations

import uuid
from typing import Any

import segno
from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from preview.access import Act, Sensitivity, decide_pack
from preview.drafts.models import Draft, Version
from preview.errors import AccessDenied, InvalidShareLink, LinkEnded
from preview.packs.actions import own_pack
from preview.packs.models import Pack
from preview.packs.owners import hidden_from
from preview.sharing.actions import (
    NewLink,
    create_share_link,
    end_links,
    extend_share_link,
    revoke_share_link,
)
from preview.sharing.agreeing import approve_share_link, first_persons, waits
from preview.sharing.checking import check_link
from preview.sharing.models import LinkRequest, ShareLink
from preview.sharing.shown_in import links_showing
from preview.web.forms import KINDS, PRESETS, ROLES, ShareLinkForm
from preview.web.viewer import person_of, signed_in, viewer

MOST = 100


def visible_pack(request: HttpRequest, pack_id: uuid.UUID, act: Act = Act.VIEW) -> Pack:
    """Return a pack that this person may see (or do `act` with); for others there is none."""
    pack = Pack.objects.select_related("own_draft").filter(id=pack_id, archived_at=None).first()
    if pack is None or not pack.decide(viewer(request), act).allowed:
        raise Http404
    if act is not Act.REVOKE and hidden_from(viewer(request), pack):
        raise Http404
    return pack


def link_of(request: HttpRequest, link_id: uuid.UUID, act: Act) -> ShareLink:
    """Return a link of a pack with which this person may do `act`."""
    link = ShareLink.objects.select_related("pack__own_draft").filter(id=link_id).first()
    if link is None or not link.pack.decide(viewer(request), act).allowed:
        raise Http404
    return link


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def share(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show a pack's links; on POST make a new one and show its address once."""
    pack = visible_pack(request, pack_id)
    if request.method != "POST":
        return share_page(request, pack)
    form = ShareLinkForm(request.POST.dict())
    if not form.is_valid():
        return share_page(request, pack, form=form, status=422)
    try:
        new = create_share_link(
            pack=pack,
            staff=viewer(request),
            wanted=form.wanted(newest_versions(pack)),
            sender=person_of(request).name,
        )
    except InvalidShareLink as error:
        form.refuse(error.field, str(error))
        return share_page(request, pack, form=form, status=422)
    except AccessDenied as error:
        raise Http404 from error
    return share_page(request, pack, new=new)


def newest_versions(pack: Pack) -> tuple[Version, ...]:
    """Return the newest version of each open draft of a pack."""
    drafts = pack.counted().filter(state=Draft.State.OPEN)
    return tuple(draft.versions.get(number=draft.version_number) for draft in drafts)


def share_page(
    request: HttpRequest,
    pack: Pack,
    *,
    form: ShareLinkForm | None = None,
    new: NewLink | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page, with a form that was refused or a link just made."""
    staff = viewer(request)
    drafts = list(pack.counted().prefetch_related("limits"))
    limits, now = pack.limits_of(drafts), timezone.now()
    links = links_of(pack)
    values: dict[str, Any] = {
        "person": request.user,
        "pack": pack,
        "drafts": drafts,
        "links": links,
        "asked": LinkRequest.objects.filter(link__pack=pack, outcome="").order_by("created_at")[
            :20
        ],
        "may_share": decide_pack(staff, Act.SHARE, limits, now),
        "elsewhere": elsewhere(pack),
        "may_classify": bool(pack.own_draft)
        and decide_pack(staff, Act.CLASSIFY, limits, now).allowed,
        "waiting": agreements(drafts, links, f"person:{staff.uid}"),
        "form": form,
        "new": new,
        "works": check_link(new) if new else "",
        "qr": segno.make(new.address, micro=False).svg_inline(scale=4) if new else "",
        "older": bool(settings.JWT_AUTH_SECRET) and has_bypass_id(pack),
        "kinds": KINDS,
        "roles": ROLES,
        "presets": PRESETS,
        "now": now,
    }
    return render(request, "web/share_links/share.html", values, status=status, using="jinja2")


def elsewhere(pack: Pack) -> int:
    """Return how many living links of other packs show the draft that this pack is of."""
    draft = pack.own_draft
    return links_showing(draft).exclude(pack=pack).count() if draft else 0


def links_of(pack: Pack) -> list[ShareLink]:
    """Return the newest links of a pack, with what the page tells of them."""
    links = list(pack.share_links.prefetch_related("grants").order_by("-created_at")[:MOST])
    named = [one for one in links if one.kind == ShareLink.Kind.NAMED]
    prefetch_related_objects(named, "recipients")
    prefetch_related_objects([one for one in links if one.pinned], "pinned_versions")
    return links


def agreements(drafts: list[Draft], links: list[ShareLink], name: str) -> dict[uuid.UUID, bool]:
    """Return the links that wait for a second person, and whether this one can be that."""
    living = [one for one in links if one.alive]
    gravest = Sensitivity.MARKET_SENSITIVE
    sensitive = any(one.is_open and one.sensitivity == gravest for one in drafts)
    if not sensitive and not any(one.needs_approval for one in living):
        return {}
    return {one.id: name not in first_persons(one) for one in living if waits(one)}


def has_bypass_id(pack: Pack) -> bool:
    """Say whether links with a token can be made for the pack."""
    return bool(pack.own_draft and pack.own_draft.bypass_ids.filter(spent=False).exists())


@require_POST
@signed_in
def revoke(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """End a share link at once."""
    link = link_of(request, link_id, Act.REVOKE)
    revoke_share_link(link=link, revoked_by=f"person:{viewer(request).uid}")
    return redirect("share", pack_id=link.pack_id)


@require_POST
@signed_in
def revoke_all(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """End every link of a pack at once."""
    pack = visible_pack(request, pack_id, Act.REVOKE)
    end_links(pack.share_links.all(), ended_by=f"person:{viewer(request).uid}")
    return redirect("share", pack_id=pack.id)


@require_POST
@signed_in
def revoke_of_draft(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """End every link that shows a draft, in its own pack and in every other."""
    draft = Draft.objects.filter(id=draft_id, version_number__gt=0).first()
    if draft is None or not draft.decide(viewer(request), Act.REVOKE).allowed:
        raise Http404
    end_links(links_showing(draft), ended_by=f"person:{viewer(request).uid}")
    return redirect("share", pack_id=own_pack(draft).id)


@require_POST
@signed_in
def extend(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """Let a link last longer; its new address is shown once."""
    link = link_of(request, link_id, Act.SHARE)
    form = ShareLinkForm({**request.POST.dict(), "kind": link.kind, "role": link.role})
    if not form.is_valid():
        return share_page(request, link.pack, form=form, status=422)
    try:
        new = extend_share_link(
            link=link, staff=viewer(request), expires_at=form.cleaned_data["expires_at"]
        )
    except InvalidShareLink as error:
        form.refuse(error.field, str(error))
        return share_page(request, link.pack, form=form, status=422)
    except (AccessDenied, LinkEnded) as error:
        raise Http404 from error
    return share_page(request, link.pack, new=new)


@require_POST
@signed_in
def approve(request: HttpRequest, link_id: uuid.UUID) -> HttpResponse:
    """Agree to somebody else's link of a market-sensitive draft."""
    link = link_of(request, link_id, Act.APPROVE)
    try:
        new = approve_share_link(link=link, staff=viewer(request), sender=person_of(request).name)
    except InvalidShareLink as error:
        form = ShareLinkForm({})
        form.refuse(error.field, str(error))
        return share_page(request, link.pack, form=form, status=422)
    except (AccessDenied, LinkEnded) as error:
        raise Http404 from error
    return share_page(request, link.pack, new=new)
