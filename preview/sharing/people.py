"""Links by who made them: those that are open, and ending all of a person's."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from preview.accounts.blocking import checked_reason
from preview.accounts.models import Person
from preview.audit.actions import record_entry
from preview.sharing.actions import end_links
from preview.sharing.models import ShareLink
from preview.sharing.shown_in import living


def living_of(person: Person) -> QuerySet[ShareLink]:
    """Return the open links that a person made, newest first."""
    return living().filter(created_by=f"person:{person.uid}")


@transaction.atomic
def end_all_of(*, person: Person, reason: str, actor: str) -> int:
    """End the open links that a person made; return how many.

    Raises:
        InvalidInput: no reason.

    """
    reason = checked_reason(reason)
    ids = list(living_of(person).values_list("pk", flat=True))
    ended = len(end_links(ShareLink.objects.filter(pk__in=ids), ended_by=actor))
    if ended:
        record_entry(
            action="person.end_links",
            actor=actor,
            subject=f"person:{person.uid}",
            reason=reason,
            links=ended,
        )
    return ended
