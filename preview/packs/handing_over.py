"""Handing packs over from one person to another, by an admin: who made them has left, say."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import transaction

from preview.accounts.blocking import checked_reason
from preview.accounts.models import Person
from preview.audit.actions import record_entry
from preview.errors import InvalidField
from preview.packs.models import Pack

MOST = 500


def packs_owned_by(person: Person) -> list[Pack]:
    """Return the named packs of a person that are not archived, the last changed first.

    They are 500 at most: once these are handed over, the next ones come.
    """
    found = Pack.objects.filter(owner=f"person:{person.uid}", own_draft=None, archived_at=None)
    return list(found.order_by("-updated_at", "-id")[:MOST])


def checked_receiver(*, giver: Person, to: Person | None) -> Person:
    """Return whom packs can be handed to.

    Raises:
        InvalidField: nobody, the giver, or somebody who can't sign in.

    """
    if to is None:
        raise InvalidField("to", "Enter the email address of somebody who has signed in here")
    if to.pk == giver.pk:
        raise InvalidField("to", "The packs are theirs already. Enter somebody else")
    if not to.is_active or "signin" not in to.permissions:
        raise InvalidField("to", f"{to.name} can't sign in. Enter somebody who can")
    return to


def another_organisation(giver: Person, to: Person) -> bool:
    """Say whether handing over leads out of the giver's organisation."""
    return to.organisation_id is None or to.organisation_id != giver.organisation_id


@transaction.atomic
def hand_over(
    *, packs: Iterable[uuid.UUID], giver: Person, to: Person | None, reason: str, actor: str
) -> int:
    """Make somebody else the owner of packs; return how many. What is not the giver's stays.

    A pack belongs to its owner's organisation, whose sharing rules hold for it from then on; where
    the new owner has none it stays where it is. Links stay as they are.

    Raises:
        InvalidField: no such person, nothing chosen, or another organisation without a reason.

    """
    receiver = checked_receiver(giver=giver, to=to)
    away = another_organisation(giver, receiver)
    if away and not reason.strip():
        raise InvalidField(
            "reason", f"Enter why {receiver.name} of another organisation gets the packs"
        )
    why = {"reason": checked_reason(reason)} if reason.strip() else {}
    wanted = set(packs)
    mine = [one.pk for one in packs_owned_by(giver) if one.pk in wanted]
    if not mine:
        raise InvalidField("pack", "Select at least one pack")
    found = Pack.objects.select_for_update().filter(pk__in=mine, owner=f"person:{giver.uid}")
    for pack in found:
        pack.owner = f"person:{receiver.uid}"
        if receiver.organisation_id is not None:
            pack.organisation_content_id = receiver.organisation_id
        pack.save(update_fields=["owner", "organisation_content_id"])
        record_entry(
            action="pack.hand_over",
            actor=actor,
            subject=f"pack:{pack.pk}",
            giver=f"person:{giver.uid}",
            to=pack.owner,
            **why,
        )
    record_entry(
        action="person.hand_over",
        actor=actor,
        subject=f"person:{giver.uid}",
        to=f"person:{receiver.uid}",
        packs=len(found),
        **why,
    )
    return len(found)
