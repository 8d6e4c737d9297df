"""Letting somebody in no more, whatever Signon says, and letting them in again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from preview.accounts.models import Person
from preview.audit.actions import record_entry
from preview.errors import InvalidInput
from preview.outbox.actions import record_event

LONGEST_REASON = 300


def checked_reason(reason: str) -> str:
    """Return a reason that the trail can hold.

    Raises:
        InvalidInput: there is none, or it is too long.

    """
    text = " ".join(reason.replace("\0", "").split())
    if not text:
        raise InvalidInput("Enter why. It goes into the audit trail")
    if len(text) > LONGEST_REASON:
        raise InvalidInput(f"The reason must be {LONGEST_REASON} characters or fewer")
    return text


@transaction.atomic
def block_person(*, person: Person, reason: str, actor: str) -> Person:
    """Let a person in no more: their sessions are over at once, and soon the links they made.

    A second call changes nothing.

    Raises:
        InvalidInput: no reason, or somebody wants to lock themselves out.

    """
    reason = checked_reason(reason)
    found = Person.objects.select_for_update().get(pk=person.pk)
    if actor == f"person:{found.uid}":
        raise InvalidInput("You can't stop your own sign-in. Ask another admin")
    if found.blocked_at is None:
        found.blocked_at = found.signed_out_at = timezone.now()
        found.save(update_fields=["blocked_at", "signed_out_at"])
        record_entry(
            action="person.block", actor=actor, subject=f"person:{found.uid}", reason=reason
        )
        record_event("person.disabled", uid=found.uid, by=actor)
    return found


@transaction.atomic
def unblock_person(*, person: Person, actor: str) -> Person:
    """Let a person in again where Signon does; what ended stays ended. A second call is none."""
    found = Person.objects.select_for_update().get(pk=person.pk)
    if found.blocked_at is not None:
        found.blocked_at = None
        found.save(update_fields=["blocked_at"])
        record_entry(action="person.unblock", actor=actor, subject=f"person:{found.uid}")
    return found
