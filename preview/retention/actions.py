"""What can be done about retention: place a hold, lift one."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from preview.accounts.models import Organisation
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import InvalidInput
from preview.packs.models import Pack
from preview.retention.models import Hold

TARGETS: dict[Hold.Kind, type[Draft] | type[Pack] | type[Organisation]] = {
    Hold.Kind.DRAFT: Draft,
    Hold.Kind.PACK: Pack,
    Hold.Kind.ORGANISATION: Organisation,
}
LONGEST_REASON = 300


def place_hold(*, kind: str, target: uuid.UUID | None, reason: str, placed_by: str) -> Hold:
    """Let nothing of a draft, pack or organisation be deleted; a second hold is the first.

    Raises:
        InvalidInput: there is no such thing, or no reason.

    """
    reason = reason.strip()
    if kind not in Hold.Kind.values:
        raise InvalidInput("Select what the hold is on")
    known = TARGETS[Hold.Kind(kind)].objects
    if target is None or not known.filter(pk=target).exists():
        raise InvalidInput(f"There is no {kind} with this id. Copy the id from its address")
    if not reason or len(reason) > LONGEST_REASON:
        raise InvalidInput(f"Enter a reason of {LONGEST_REASON} characters or fewer")
    try:
        with transaction.atomic():
            hold = Hold.objects.create(kind=kind, target=target, reason=reason, placed_by=placed_by)
            note("hold.place", hold, placed_by)
    except IntegrityError:
        return Hold.objects.get(kind=kind, target=target, lifted_at=None)
    return hold


@transaction.atomic
def lift_hold(*, hold: Hold, lifted_by: str) -> None:
    """End a hold; a second call changes nothing."""
    changed = Hold.objects.filter(pk=hold.pk, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=lifted_by
    )
    if changed:
        note("hold.lift", hold, lifted_by)


def note(action: str, hold: Hold, actor: str) -> None:
    """Add what was done to the audit trail."""
    record_entry(
        action=action,
        actor=actor,
        subject=f"hold:{hold.pk}",
        pack=hold.target if hold.kind == Hold.Kind.PACK else None,
        on=f"{hold.kind}:{hold.target}",
    )
