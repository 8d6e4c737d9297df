"""A person with an account, as the access policy sees them."""

from __future__ import annotations

from preview.access import Staff
from preview.accounts.models import Person


def staff_of(person: Person) -> Staff:
    """Return the person as the access policy sees them."""
    return Staff(
        uid=person.uid,
        organisation=str(person.organisation_id) if person.organisation_id else None,
        permissions=frozenset(person.permissions),
        active=person.is_active,
    )
