"""What people do with packs: make, edit, archive; add, move, remove drafts, agree to them."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from preview.access import Staff
from preview.drafts.models import Draft
from preview.errors import AccessDenied, DraftNotInPack, InvalidPack, PackFull
from preview.packs.actions import create_pack, describe_pack, set_as_of
from preview.packs.members import add_draft, consent, move_draft, remove_draft
from preview.packs.models import Pack
from preview.packs.owners import edits, usable
from preview.sharing.packs import end_pack
from preview.web.drafts import visible_draft
from preview.web.pack_forms import PackForm, filled
from preview.web.packs import pack_page, visible_pack
from preview.web.viewer import signed_in, viewer

MOST_FOUND = 50


def editable_pack(staff: Staff, pack_id: uuid.UUID) -> Pack:
    """Return a pack that this person may change; for all others there is nothing here."""
    pack = visible_pack(staff, pack_id)
    if not edits(staff, pack):
        raise Http404
    return pack


def back_to(pack: Pack, done: str) -> HttpResponse:
    """Lead back to the page of a pack, which says what was done."""
    return redirect(f"{reverse('pack', args=[pack.id])}?done={done}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def create(request: HttpRequest) -> HttpResponse:
    """Make a pack; with `draft` it begins with that draft."""
    staff = viewer(request)
    if not usable(staff):
        raise Http404
    draft = draft_wanted(staff, request)
    if request.method != "POST":
        return form_page(request, None, {}, draft=draft)
    form = PackForm(request.POST.dict())
    if form.is_valid():
        values = form.cleaned_data
        try:
            with transaction.atomic():
                pack = create_pack(
                    actor=staff,
                    name=values["name"],
                    description=values["description"],
                    as_of=values["as_of"],
                )
                if draft:
                    add_draft(actor=staff, pack=pack, draft=draft)
        except InvalidPack as error:
            form.refuse(error.field, str(error))
        else:
            return back_to(pack, "made")
    return form_page(request, None, request.POST.dict(), form=form, draft=draft)


def draft_wanted(staff: Staff, request: HttpRequest) -> Draft | None:
    """Return the draft that a new pack begins with, where the address names one."""
    text = request.GET.get("draft") or request.POST.get("draft") or ""
    try:
        return visible_draft(staff, uuid.UUID(text)) if text else None
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Change the name, description or time of a pack."""
    staff = viewer(request)
    pack = editable_pack(staff, pack_id)
    if request.method != "POST":
        return form_page(request, pack, filled(pack))
    form = PackForm(request.POST.dict())
    if form.is_valid():
        values = form.cleaned_data
        try:
            with transaction.atomic():
                set_as_of(actor=staff, pack=pack, as_of=values["as_of"])
                describe_pack(
                    actor=staff,
                    pack=pack,
                    name=values["name"],
                    description=values["description"],
                )
        except InvalidPack as error:
            form.refuse(error.field, str(error))
        else:
            return back_to(pack, "saved")
    return form_page(request, pack, request.POST.dict(), form=form)


def form_page(
    request: HttpRequest,
    pack: Pack | None,
    data: dict[str, str],
    *,
    form: PackForm | None = None,
    draft: Draft | None = None,
) -> HttpResponse:
    """Return the form of a pack, with what was refused."""
    values: dict[str, Any] = {
        "pack": pack,
        "person": request.user,
        "data": data,
        "errors": form.errors if form else {},
        "draft": draft,
    }
    status = 422 if form and form.errors else 200
    return render(request, "web/packs/form.html", values, status=status, using="jinja2")


@require_POST
@signed_in
def archive(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """End a pack and its share links; its drafts stay."""
    staff = viewer(request)
    end_pack(actor=staff, pack=editable_pack(staff, pack_id))
    return redirect("packs")


@require_safe
@signed_in
def find(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show drafts that can be added, by a search; without one, those that were saved last."""
    staff = viewer(request)
    pack = editable_pack(staff, pack_id)
    text = request.GET.get("q", "").strip().replace("\0", "")[:200]
    drafts = Draft.objects.open().visible_to(staff).filter(version_number__gt=0)
    if text:
        drafts = drafts.matching(text)
    drafts = drafts.exclude(id__in=pack.members.values("draft")).select_related("app")
    values = {
        "pack": pack,
        "person": request.user,
        "text": text,
        "drafts": list(drafts.order_by("-updated_at", "-id")[:MOST_FOUND]),
    }
    return render(request, "web/packs/find.html", values, using="jinja2")


@require_POST
@signed_in
def add(request: HttpRequest, pack_id: uuid.UUID, draft_id: uuid.UUID) -> HttpResponse:
    """Add a draft to a pack."""
    staff = viewer(request)
    pack = editable_pack(staff, pack_id)
    try:
        member = add_draft(actor=staff, pack=pack, draft=visible_draft(staff, draft_id))
    except PackFull as error:
        return pack_page(request, pack, problem=str(error), status=409)
    return back_to(pack, "waits" if member.waits else "added")


@require_POST
@signed_in
def move(request: HttpRequest, pack_id: uuid.UUID, draft_id: uuid.UUID) -> HttpResponse:
    """Move a draft to the place that `to` says, from 0."""
    staff = viewer(request)
    pack, to = editable_pack(staff, pack_id), request.POST.get("to", "")
    if not (to.isascii() and to.isdecimal() and len(to) < 6):
        raise Http404
    try:
        move_draft(actor=staff, pack=pack, draft=draft_known(staff, draft_id), to=int(to))
    except DraftNotInPack:
        return back_to(pack, "gone")
    return back_to(pack, "moved")


@require_POST
@signed_in
def remove(request: HttpRequest, pack_id: uuid.UUID, draft_id: uuid.UUID) -> HttpResponse:
    """Take a draft out of a pack: people who may change the pack, and the draft's owners."""
    staff = viewer(request)
    pack = visible_pack(staff, pack_id)
    try:
        remove_draft(actor=staff, pack=pack, draft=draft_known(staff, draft_id))
    except DraftNotInPack:
        return back_to(pack, "gone")
    except AccessDenied as error:
        raise Http404 from error
    return back_to(pack, "removed")


@require_POST
@signed_in
def agree(request: HttpRequest, pack_id: uuid.UUID, draft_id: uuid.UUID) -> HttpResponse:
    """Agree, as the draft's owner, to its being shown in a pack."""
    staff = viewer(request)
    pack = visible_pack(staff, pack_id)
    try:
        consent(actor=staff, pack=pack, draft=draft_known(staff, draft_id))
    except DraftNotInPack:
        return back_to(pack, "gone")
    except AccessDenied as error:
        raise Http404 from error
    return back_to(pack, "agreed")


def draft_known(staff: Staff, draft_id: uuid.UUID) -> Draft:
    """Return a draft that this person may see, whatever became of it."""
    draft = Draft.objects.visible_to(staff).filter(id=draft_id).first()
    if draft is None:
        raise Http404
    return draft
