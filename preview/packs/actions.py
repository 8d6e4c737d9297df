"""What can be done with packs."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import PackNotFound
from preview.outbox.actions import record_event
from preview.packs.models import Pack, PackDraft


def own_pack(draft: Draft) -> Pack:
    """Return the draft's implicit pack, with the draft as its member, made on first use."""
    found = Pack.objects.filter(own_draft=draft).first()
    return found or made_own_pack(draft)


@transaction.atomic
def made_own_pack(draft: Draft) -> Pack:
    """Make the implicit pack of a draft; where another process was faster, return that one."""
    pack, _ = Pack.objects.get_or_create(own_draft=draft)
    PackDraft.objects.get_or_create(pack=pack, draft=draft)
    return pack


@transaction.atomic
def add_to_pack(*, pack_id: uuid.UUID, draft: Draft, actor: str) -> PackDraft:
    """Put a draft into a named pack, last; its own app does, so nobody else has to consent.

    A second call changes nothing.

    Raises:
        PackNotFound: there is no such pack, it is archived, or it is a draft's own.

    """
    packs = Pack.objects.select_for_update().filter(own_draft=None, archived_at=None)
    pack = packs.filter(id=pack_id).first()
    if pack is None:
        raise PackNotFound
    member = PackDraft.objects.filter(pack=pack, draft=draft).first()
    if member:
        return member
    last = pack.members.aggregate(last=Max("position"))["last"]
    member = PackDraft.objects.create(
        pack=pack, draft=draft, position=0 if last is None else last + 1, added_by=actor
    )
    pack.updated_at = timezone.now()
    pack.save(update_fields=["updated_at"])
    record_event("pack.changed", pack_id=str(pack.id), draft_id=str(draft.id))
    record_entry(
        action="pack.add_draft", actor=actor, subject=f"pack:{pack.id}", draft=str(draft.id)
    )
    return member
