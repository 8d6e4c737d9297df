"""Packs for staff, on the preview host: pages keep their GOV.UK paths below the pack's prefix."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from preview.access import Act
from preview.accounts.models import Person
from preview.accounts.staff import staff_of
from preview.audit.actions import record_entry
from preview.packs.models import Pack
from preview.rendering import links, snapshots
from preview.rendering.draft_files import asset_of_pack
from preview.rendering.models import PackPage
from preview.web import packs
from preview.web.assets import is_file
from preview.web.frames import file_of, may_show, path_of, person_of


@require_safe
def page(request: HttpRequest, pack_id: uuid.UUID, page: str) -> HttpResponseBase:
    """Serve a page of a pack, or a draft file that its pages use, to somebody who may see it."""
    person = person_of(request)
    if person is None:
        raise Http404
    pack = packs.visible_pack(staff_of(person), pack_id)
    decision = pack.decide(staff_of(person), Act.VIEW)
    if not decision.allowed:
        raise Http404
    if is_file(path_of(page)):
        audiences = packs.audiences_of(decision)
        return file_of(request, asset_of_pack(pack, audiences, path_of(page)), person)
    found = packs.shown_pages(pack, decision).filter(path=path_of(page)).first()
    if found is None or not may_show(found.page.rendering, staff_of(person)):
        raise Http404
    record(person, pack, found)
    body = links.under(f"/pack-frames/{pack_id}", snapshots.get(found.page.sha256))
    return HttpResponse(body)


def record(person: Person, pack: Pack, found: PackPage) -> None:
    """Record who saw what."""
    version = found.page.rendering.version
    record_entry(
        action="pack.view",
        actor=f"person:{person.uid}",
        subject=f"draft:{version.draft_id}" if version else f"pack:{pack.id}",
        pack=str(pack.id),
        version=version.number if version else None,
        path=found.path,
    )
