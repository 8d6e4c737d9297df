"""What can be done with packs: make, describe, show at another time, archive.

What can be done with the drafts in them is in `members.py`.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from preview.access import Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import InvalidPack
from preview.outbox.actions import record_event
from preview.packs.children import bring_children
from preview.packs.models import Pack, PackDraft
from preview.packs.owners import Actor, name_of, refuse_others

LONGEST_NAME = 200
LONGEST_DESCRIPTION = 5000
YEARS = range(2000, 2101)


def own_pack(draft: Draft) -> Pack:
    """Return the draft's implicit pack, with the draft as its member, made on first use."""
    return draft.own_pack if hasattr(draft, "own_pack") else made_own_pack(draft)


def made_own_pack(draft: Draft) -> Pack:
    """Make the implicit pack of a draft; where another process was faster, return that one."""
    pack = Pack(own_draft=draft)
    member = PackDraft(pack=pack, draft=draft)
    try:
        with transaction.atomic():
            pack.save(force_insert=True)
            member.save(force_insert=True)
            bring_children(member)
    except IntegrityError:
        return Pack.objects.get(own_draft=draft)
    return pack


@transaction.atomic
def create_pack(
    *, actor: Actor, name: str, description: str = "", as_of: datetime | None = None
) -> Pack:
    """Make an empty pack; its owner, and people of the owner's organisation, may change it.

    Raises:
        InvalidPack: a name, description or time that can't be.

    """
    name, description = checked_name(name), checked_description(description)
    pack = Pack.objects.create(
        name=name,
        description=description,
        as_of=checked_time(as_of),
        owner=name_of(actor),
        organisation_content_id=actor.organisation if isinstance(actor, Staff) else None,
    )
    record_entry(action="pack.create", actor=name_of(actor), subject=f"pack:{pack.id}")
    return pack


@transaction.atomic
def describe_pack(
    *, actor: Actor, pack: Pack, name: str | None = None, description: str | None = None
) -> Pack:
    """Change a pack's name or description; None leaves what is there.

    Raises:
        AccessDenied: the actor may not change this pack.
        InvalidPack: a name or description that can't be.

    """
    found = locked(actor, pack)
    new = found.name if name is None else checked_name(name)
    text = found.description if description is None else checked_description(description)
    if (new, text) == (found.name, found.description):
        return found
    found.name, found.description = new, text
    return changed(found, actor, "pack.describe")


@transaction.atomic
def set_as_of(*, actor: Actor, pack: Pack, as_of: datetime | None) -> Pack:
    """Show a pack as it will be at another time, or (None) as of now; all of it is made again.

    Raises:
        AccessDenied: the actor may not change this pack.
        InvalidPack: a time that can't be.

    """
    found = locked(actor, pack)
    if found.as_of == checked_time(as_of):
        return found
    found.as_of = as_of
    record_event("pack.changed", pack_id=str(found.id), everything=True)
    return changed(found, actor, "pack.set_as_of", as_of=as_of.isoformat() if as_of else None)


@transaction.atomic
def archive_pack(*, actor: Actor, pack: Pack) -> Pack:
    """End a pack: nobody sees it any more. Its drafts stay as they are.

    Raises:
        AccessDenied: the actor may not change this pack.

    """
    found = locked(actor, pack)
    found.archived_at = timezone.now()
    record_event("pack.archived", pack_id=str(found.id))
    return changed(found, actor, "pack.archive")


def locked(actor: Actor, pack: Pack) -> Pack:
    """Return the pack, locked against other writers, for somebody who may change it.

    Raises:
        AccessDenied: the actor may not.

    """
    found = Pack.objects.select_for_update().get(id=pack.id)
    refuse_others(actor, found)
    return found


def changed(pack: Pack, actor: Actor, action: str, **detail: Any) -> Pack:
    """Save a pack that was changed, with its entry in the audit trail."""
    pack.updated_at = timezone.now()
    pack.save()
    record_entry(action=action, actor=name_of(actor), subject=f"pack:{pack.id}", **detail)
    return pack


def checked_name(name: str) -> str:
    """Return a name that a pack can have."""
    name = " ".join(name.split())
    if not name:
        raise InvalidPack("name", "Enter a name for the pack.")
    if len(name) > LONGEST_NAME:
        raise InvalidPack("name", f"The name must be {LONGEST_NAME} characters or fewer.")
    return without_nul(name, "name")


def checked_description(description: str) -> str:
    """Return a description that a pack can have."""
    description = description.strip()
    if len(description) > LONGEST_DESCRIPTION:
        sentence = f"The description must be {LONGEST_DESCRIPTION} characters or fewer."
        raise InvalidPack("description", sentence)
    return without_nul(description, "description")


def without_nul(text: str, field: str) -> str:
    """Return the text; PostgreSQL holds no NUL characters."""
    if "\0" in text:
        raise InvalidPack(field, f"The {field} can't hold a NUL character.")
    return text


def checked_time(as_of: datetime | None) -> datetime | None:
    """Return a time at which a pack can be shown."""
    if as_of is None:
        return None
    if as_of.tzinfo is None:
        raise InvalidPack("as_of", "The time needs an offset, for example 2026-03-01T09:30:00Z.")
    if as_of.year not in YEARS:
        raise InvalidPack("as_of", f"The time must be from {YEARS[0]} to {YEARS[-1]}.")
    return as_of


def named_pack(pack_id: uuid.UUID) -> Pack | None:
    """Return a pack that people or apps made, unless it is archived."""
    return Pack.objects.filter(id=pack_id, own_draft=None, archived_at=None).first()
