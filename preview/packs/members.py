"""What can be done with the drafts in a pack: add, remove, put in order, agree to."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from preview.access import Act, Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import AccessDenied, DraftNotInPack, InvalidPack, PackFull, PackNotFound
from preview.outbox.actions import record_event
from preview.packs.actions import changed, locked
from preview.packs.children import bring_children, tell_of_sensitive
from preview.packs.models import Departure, Pack, PackDraft
from preview.packs.owners import Actor, agrees, edits, is_of_pack, name_of, owns, takes_back

MOST_DRAFTS = 500
Owner = PackDraft.Owner


@transaction.atomic
def add_draft(*, actor: Actor, pack: Pack, draft: Draft, position: int | None = None) -> PackDraft:
    """Put a draft, with its children, into a pack: last, or at `position` (from 0).

    A limited draft of another owner waits for that owner's consent, and until then the pack shows
    nothing of it. A second call only moves it.

    Raises:
        AccessDenied: the actor may not change this pack.
        Draft.DoesNotExist: the draft is over, or hidden from this person.
        PackFull: the pack holds as many drafts as it can.

    """
    found = locked(actor, pack)
    hidden = isinstance(actor, Staff) and not draft.decide(actor, Act.VIEW).allowed
    if hidden or draft.state != Draft.State.OPEN:
        raise Draft.DoesNotExist
    waits = draft.limited and not owns(actor, draft)
    member = put_in(found, draft, name_of(actor), needs_consent=waits)
    if position is not None:
        place(found, member, position)
    return member


@transaction.atomic
def add_to_pack(*, pack_id: uuid.UUID, draft: Draft, actor: str) -> PackDraft:
    """Put a draft into a named pack, last; its own app does, so its owner has consented.

    To know a pack's id is no permission: an app that is not of the pack waits for the consent of
    who may change it, and until then the pack shows nothing of the draft. A second call changes
    nothing.

    Raises:
        PackNotFound: there is no such pack, it is archived, or it is a draft's own.
        PackFull: the pack holds as many drafts as it can.

    """
    packs = Pack.objects.select_for_update().filter(own_draft=None, archived_at=None)
    pack = packs.filter(id=pack_id).first()
    if pack is None:
        raise PackNotFound
    waits = not is_of_pack(draft.app, pack)
    return put_in(pack, draft, actor, needs_consent=waits, waits_for=Owner.PACK)


def put_in(
    pack: Pack, draft: Draft, actor: str, *, needs_consent: bool, waits_for: Owner = Owner.DRAFT
) -> PackDraft:
    """Make a draft the last member of a locked pack, unless it is one already.

    A child that came with its document becomes a member of its own right, and so stays without it.
    One that waited for somebody else than who puts it in now waits no more: both want it.
    """
    member = PackDraft.objects.select_related("draft").filter(pack=pack, draft=draft).first()
    if member:
        member.brought_by = None
        member.save(update_fields=["brought_by"])
        if member.waits and (not needs_consent or member.waits_for != waits_for):
            agree(member, actor)
        return member
    facts = pack.members.aggregate(last=Max("position"), count=Count("id"))
    if facts["count"] >= MOST_DRAFTS:
        raise PackFull(MOST_DRAFTS)
    member = PackDraft.objects.create(
        pack=pack,
        draft=draft,
        position=0 if facts["last"] is None else facts["last"] + 1,
        added_by=actor,
        needs_consent=needs_consent,
        waits_for=waits_for,
    )
    bring_children(member)
    record_event("pack.draft_added", member_id=member.pk)
    touch(pack, draft, actor, "pack.add_draft")
    tell_of_sensitive(member)
    return member


@transaction.atomic
def remove_draft(*, actor: Actor, pack: Pack, draft: Draft) -> None:
    """Take a draft out of a pack, with the children that came with it.

    Who may change the pack can, and so can the draft's app and the owners of a limited one.

    Raises:
        AccessDenied: the actor is neither.
        DraftNotInPack: the pack does not hold it.

    """
    found = Pack.objects.select_for_update().get(id=pack.id)
    if not (edits(actor, found) or (found.own_draft_id is None and takes_back(actor, draft))):
        raise AccessDenied("not_an_editor_of_this_pack")
    member = member_of(found, draft)
    leaving = with_brought(member)
    Departure.objects.bulk_create(Departure(pack=found, draft=one.draft) for one in leaving)
    member.delete()
    for one in leaving:
        touch(found, one.draft, name_of(actor), "pack.remove_draft")


@transaction.atomic
def move_draft(*, actor: Actor, pack: Pack, draft: Draft, to: int) -> None:
    """Put a draft at a place in the order, from 0; beyond the end is the end.

    Raises:
        AccessDenied: the actor may not change this pack.
        DraftNotInPack: the pack does not hold it.

    """
    found = locked(actor, pack)
    place(found, member_of(found, draft), to)
    changed(found, actor, "pack.order")


@transaction.atomic
def order_drafts(*, actor: Actor, pack: Pack, drafts: Sequence[Draft]) -> None:
    """Put the drafts of a pack in this order, which names each of them once.

    Raises:
        AccessDenied: the actor may not change this pack.
        InvalidPack: other drafts than the pack holds.

    """
    found = locked(actor, pack)
    members = {one.draft_id: one for one in found.members.all()}
    wanted = [draft.id for draft in drafts]
    if len(set(wanted)) != len(wanted) or set(wanted) != set(members):
        raise InvalidPack("members", "Name every draft of the pack once, in the order you want.")
    write_order([members[one] for one in wanted])
    changed(found, actor, "pack.order")


def place(pack: Pack, member: PackDraft, to: int) -> None:
    """Put a member at a place among the others."""
    others = list(pack.members.exclude(id=member.id))
    others.insert(max(0, min(to, len(others))), member)
    write_order(others)


def write_order(members: Sequence[PackDraft]) -> None:
    """Give members the positions of this order."""
    for position, member in enumerate(members):
        member.position = position
    PackDraft.objects.bulk_update(members, ["position"])


@transaction.atomic
def consent(*, actor: Actor, pack: Pack, draft: Draft) -> PackDraft:
    """Agree, as the owner that is waited for, to a draft in a pack; twice is as good as once.

    The children of the same app that came with it are agreed to as well.

    Raises:
        AccessDenied: the actor does not own the draft.
        DraftNotInPack: the pack does not hold it.

    """
    found = Pack.objects.select_for_update().get(id=pack.id)
    member = member_of(found, draft)
    if not agrees(actor, member):
        raise AccessDenied("not_an_owner_of_this_draft")
    for one in with_brought(member):
        if one.waits and agrees(actor, one):
            agree(one, name_of(actor))
    return member


def agree(member: PackDraft, actor: str) -> None:
    """Write the consent to a member."""
    member.consented_at, member.consented_by = timezone.now(), actor
    member.save(update_fields=["consented_at", "consented_by"])
    touch(member.pack, member.draft, actor, "pack.consent")
    tell_of_sensitive(member)


def with_brought(member: PackDraft) -> list[PackDraft]:
    """Return a member and those that came with it, and with them."""
    brought = member.brought.select_related("draft", "pack")
    return [member, *(one for child in brought for one in with_brought(child))]


def member_of(pack: Pack, draft: Draft) -> PackDraft:
    """Return the draft's membership.

    Raises:
        DraftNotInPack: it has none.

    """
    member = (
        PackDraft.objects.select_related("draft", "pack").filter(pack=pack, draft=draft).first()
    )
    if member is None:
        raise DraftNotInPack
    return member


def touch(pack: Pack, draft: Draft, actor: str, action: str) -> None:
    """Record that a draft of a pack changed, so that the pack's pages follow."""
    pack.updated_at = timezone.now()
    pack.save(update_fields=["updated_at"])
    record_event("pack.changed", pack_id=str(pack.id), draft_id=str(draft.id))
    record_entry(action=action, actor=actor, subject=f"pack:{pack.id}", draft=str(draft.id))
