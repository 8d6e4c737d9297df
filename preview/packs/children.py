"""Children of a document travel with it: HTML attachments, and whatever else names it as parent.

A child joins every pack that its parent is in, also one that is sent later, and leaves with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from preview.access import Sensitivity
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.outbox.actions import record_event
from preview.packs.models import PackDraft

SYSTEM = "service:packs"
DEEPEST = 5


def children_of(content_ids: Iterable[uuid.UUID]) -> list[Draft]:
    """Return the open drafts whose parent is one of these, and other proposals for them."""
    named = Draft.objects.open().filter(parent_content_id__in=list(content_ids))
    ids = set(named.values_list("content_id", flat=True))
    if not ids:
        return []
    return list(Draft.objects.open().filter(content_id__in=ids, version_number__gt=0))


def bring_children(member: PackDraft) -> list[PackDraft]:
    """Put the children of a member, and theirs, into its pack behind it; return the new members."""
    made: list[PackDraft] = []
    parents = {member.draft.content_id: member}
    for _ in range(DEEPEST):
        joining = [joined(child, parents, member) for child in children_of(parents)]
        fresh = [one for one in joining if one is not None]
        made += fresh
        parents = {one.draft.content_id: one for one in fresh}
        if not parents:
            break
    return made


def joined(
    child: Draft, parents: dict[uuid.UUID, PackDraft], otherwise: PackDraft
) -> PackDraft | None:
    """Make a child a member of its parent's pack; None where it is one already."""
    parent = parents.get(child.parent_content_id) if child.parent_content_id else None
    parent = parent or otherwise
    member, created = PackDraft.objects.get_or_create(
        pack=parent.pack,
        draft=child,
        defaults={
            "position": parent.position,
            "added_by": parent.added_by,
            "needs_consent": needs_consent(child, parent),
            "waits_for": waits_for(child, parent),
            "brought_by": parent,
        },
    )
    if not created:
        return None
    pack_id = str(parent.pack_id)
    record_event("pack.changed", pack_id=pack_id, draft_id=str(child.id))
    record_entry(
        action="pack.bring_child", actor=SYSTEM, subject=f"pack:{pack_id}", draft=str(child.id)
    )
    tell_of_sensitive(member)
    return member


def tell_of_sensitive(member: PackDraft) -> None:
    """Record that a market-sensitive draft counts in a pack now: its links need new agreement."""
    if member.draft.sensitivity == Sensitivity.MARKET_SENSITIVE and not member.waits:
        pack_id, draft_id = str(member.pack_id), str(member.draft_id)
        record_event("pack.sensitive_draft_joined", pack_id=pack_id, draft_id=draft_id)


def needs_consent(child: Draft, parent: PackDraft) -> bool:
    """Say whether a child waits: for its owner where it is limited, or with its parent.

    Who owns the parent, or had its owner's consent, has it for the child of the same app too. The
    child of another app always waits: to name a parent is no permission.
    """
    if child.app_id != parent.draft.app_id:
        return True
    if parent.waits and parent.waits_for == PackDraft.Owner.PACK:
        return True
    if not child.limited:
        return False
    own = parent.pack.own_draft_id is not None or parent.added_by == f"app:{child.app.name}"
    agreed = parent.draft.limited and not parent.waits
    return not (own or agreed)


def waits_for(child: Draft, parent: PackDraft) -> PackDraft.Owner:
    """Return whose consent a child needs: its own owner's where access to it is limited."""
    same = child.app_id == parent.draft.app_id
    pack = parent.waits_for == PackDraft.Owner.PACK if same else not child.limited
    return PackDraft.Owner.PACK if pack else PackDraft.Owner.DRAFT


@transaction.atomic
def take_along(*, draft_id: str) -> None:
    """Let a child that was sent join every pack that its parent is in; safe to run twice."""
    draft = Draft.objects.get(id=draft_id)
    if draft.state != Draft.State.OPEN or draft.parent_content_id is None:
        return
    parents = PackDraft.objects.filter(
        draft__content_id=draft.parent_content_id, pack__archived_at=None
    )
    for parent in parents.exclude(draft=draft).select_related("pack", "draft"):
        bring_children(parent)
