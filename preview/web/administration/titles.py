"""What a pack is called to an admin, who is not let in to limited drafts of others."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from preview.access import Staff
from preview.drafts.models import Draft
from preview.packs.models import Pack, PackDraft
from preview.packs.owners import edited_by

HIDDEN = "A preview that you may not see"


def titles(staff: Staff, packs: Iterable[Pack]) -> dict[uuid.UUID, str]:
    """Return a name for each pack, by two queries; those that `staff` may not see get none.

    A draft that has no title is called by its path or its content id.
    """
    found = {one.id: one for one in packs}
    visible = Draft.objects.visible_to(staff).values("id")
    seen = set(
        PackDraft.objects.filter(pack__in=found, draft__in=visible).values_list("pack", flat=True)
    )
    seen |= set(Pack.objects.filter(edited_by(staff), id__in=found).values_list("id", flat=True))
    return {key: called(one) if shown(one, staff, seen) else HIDDEN for key, one in found.items()}


def shown(pack: Pack, staff: Staff, seen: set[uuid.UUID]) -> bool:
    """Say whether the pack's name may be told; a draft's own pack is as visible as the draft."""
    return pack.id in seen and staff.active


def called(pack: Pack) -> str:
    """Return what a pack is called."""
    own = pack.own_draft
    return pack.name or (own.title or own.base_path or str(own.content_id) if own else "")
