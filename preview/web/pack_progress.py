"""How far the review of a pack is, by draft and by person."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from preview.drafts.models import Draft
from preview.review.progress import OfPerson, progress_of
from preview.web.packs import visible_pack
from preview.web.trail_words import names
from preview.web.viewer import signed_in, viewer


@require_safe
@signed_in
def show(request: HttpRequest, pack_id: uuid.UUID) -> HttpResponse:
    """Show what each draft and each person still lacks; only drafts that the viewer may see."""
    staff = viewer(request)
    pack = visible_pack(staff, pack_id)
    seen = Draft.objects.open().visible_to(staff).values("pk")
    drafts = list(pack.counted().filter(pk__in=seen))
    progress = progress_of(pack, drafts)
    nameless = [actor for actor, one in progress.people.items() if not one.name]
    known = names(nameless)
    people = [(one.name or known.get(actor, actor), one) for actor, one in progress.people.items()]
    values = {
        "person": request.user,
        "pack": pack,
        "rows": [(draft, progress.drafts[draft.pk]) for draft in drafts],
        "people": sorted(people, key=in_order),
    }
    return render(request, "web/packs/progress.html", values, using="jinja2")


def in_order(row: tuple[str, OfPerson]) -> tuple[bool, str]:
    """Order people: who was asked first, then by name."""
    name, one = row
    return not one.asked, name.lower()
