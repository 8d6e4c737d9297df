"""Who acts on packs and drafts: who may edit a pack, and whose consent a draft needs.

The owner of a draft is its publisher app, and people of its organisation who may share it. A draft
that names no organisation is owned by everybody who may share it.
"""

from __future__ import annotations

from django.db.models import Q

from preview.access import Act, Staff
from preview.accounts.models import PublisherApp
from preview.drafts.models import Draft
from preview.errors import AccessDenied
from preview.packs.models import Pack, PackDraft, counting

Actor = Staff | PublisherApp


def name_of(actor: Actor) -> str:
    """Return who it is, as the audit trail has it."""
    return f"person:{actor.uid}" if isinstance(actor, Staff) else f"app:{actor.name}"


def owns(actor: Actor, draft: Draft) -> bool:
    """Say whether the actor may agree to a limited draft being shown in packs."""
    if isinstance(actor, PublisherApp):
        return draft.app_id == actor.pk
    organisation = draft.organisation_content_id
    own = organisation is None or str(organisation) == actor.organisation
    return own and draft.decide(actor, Act.SHARE).allowed


def takes_back(actor: Actor, draft: Draft) -> bool:
    """Say whether the actor may take the draft out of others' packs.

    Its app may, and so may the owners of a limited draft.
    """
    return owns(actor, draft) and (draft.limited or isinstance(actor, PublisherApp))


def agrees(actor: Actor, member: PackDraft) -> bool:
    """Say whether the actor may agree to a draft's being shown in a pack.

    A draft that is limited no longer needs no more than somebody who may change the pack. A draft's
    own pack is its owner's.
    """
    pack, draft = member.pack, member.draft
    if member.waits_for == PackDraft.Owner.PACK:
        own = pack.own_draft
        return owns(actor, own) if own else edits(actor, pack)
    return takes_back(actor, draft) or (not draft.limited and edits(actor, pack))


def is_of_pack(app: PublisherApp, pack: Pack) -> bool:
    """Say whether an app owns a pack, or has a draft there that was wanted by who may change it."""
    if pack.owner == name_of(app):
        return True
    return pack.members.filter(counting(), draft__app=app, brought_by=None).exists()


def edits(actor: Actor, pack: Pack) -> bool:
    """Say whether the actor may change a pack: its owner, and people of the owner's organisation.

    A draft's own pack is nobody's to change.
    """
    if pack.own_draft_id is not None or pack.archived_at is not None:
        return False
    if pack.owner == name_of(actor):
        return isinstance(actor, PublisherApp) or usable(actor)
    if isinstance(actor, PublisherApp) or pack.organisation_content_id is None:
        return False
    return usable(actor) and actor.organisation == str(pack.organisation_content_id)


def usable(staff: Staff) -> bool:
    """Say whether a person's account may be used at all."""
    return staff.active and "signin" in staff.permissions


def edited_by(staff: Staff) -> Q:
    """Return what `edits` says of a person, for a query over packs."""
    own = Q(owner=name_of(staff))
    if staff.organisation:
        own |= Q(organisation_content_id=staff.organisation)
    return own


def hidden_from(staff: Staff, pack: Pack) -> bool:
    """Say whether a named pack does not exist for somebody: not theirs, and no draft that they see.

    The access policy can't tell: where no draft counts, nothing is limited.
    """
    if pack.own_draft_id is not None:
        return False
    if usable(staff) and Pack.objects.filter(edited_by(staff), id=pack.id).exists():
        return False
    return not pack.members.filter(draft__in=Draft.objects.visible_to(staff).values("id")).exists()


def refuse_others(actor: Actor, pack: Pack) -> None:
    """Raise `AccessDenied` for those who may not change the pack."""
    if not edits(actor, pack):
        raise AccessDenied("not_an_editor_of_this_pack")
