"""The keys of pseudonyms: made when first needed, kept in the database, destroyed in time.

They are random and derived from nothing, so a key that is destroyed is gone. A day whose key was
destroyed and whose lines come late gets a new one: its visitors then look like others.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.utils import timezone

from preview.errors import InvalidInput
from preview.usage.models import UsageKey
from preview.usage.pseudonyms import Pseudonyms

PERSON = "person"
VISITOR_KEY_LIFE = timedelta(hours=48)


def pseudonyms() -> Pseudonyms:
    """Return the maker of pseudonyms, with this service's keys.

    Raises:
        InvalidInput: the programme is closed and its key destroyed.

    """
    key, _ = UsageKey.objects.get_or_create(
        name=PERSON, defaults={"secret": secrets.token_bytes(32)}
    )
    if key.destroyed_at is not None:
        raise InvalidInput("The programme is closed: its key was destroyed. No log can be read.")
    return Pseudonyms(bytes(key.secret), day_key)


def day_key(day: str) -> bytes:
    """Return the visitors' key of a day (ISO)."""
    name = f"visitor:{day}"
    key, _ = UsageKey.objects.get_or_create(name=name, defaults={"secret": secrets.token_bytes(32)})
    if key.destroyed_at is not None:
        renewed = {"secret": secrets.token_bytes(32), "created_at": timezone.now()}
        UsageKey.objects.filter(name=name, destroyed_at=key.destroyed_at).update(
            destroyed_at=None, **renewed
        )
        key.refresh_from_db()
    return bytes(key.secret)


def destroy_visitor_keys(*, life: timedelta = VISITOR_KEY_LIFE) -> int:
    """Destroy the visitors' keys that are older than `life`; return how many."""
    due = UsageKey.objects.filter(
        name__startswith="visitor:", destroyed_at=None, created_at__lt=timezone.now() - life
    )
    return due.update(secret=b"", destroyed_at=timezone.now())


def destroy_person_key() -> None:
    """End the programme: nobody can be recognised by what is stored any more."""
    UsageKey.objects.filter(name=PERSON, destroyed_at=None).update(
        secret=b"", destroyed_at=timezone.now()
    )
