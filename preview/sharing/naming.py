"""What guests call themselves: asked once in a browser, kept with its way in."""

from __future__ import annotations

import uuid

from django.db import transaction

from preview.sharing.models import Grant
from preview.sharing.opening import digest_of

LONGEST = 120


def grant_of(*, link_id: uuid.UUID, cookie: str) -> Grant:
    """Return the way in of a browser that was let in.

    Raises:
        Grant.DoesNotExist: it was not.

    """
    found = Grant.objects.select_related("link__pack__own_draft", "recipient")
    return found.get(session_id=digest_of(cookie), link_id=link_id)


@transaction.atomic
def name_guest(*, grant: Grant, name: str) -> Grant:
    """Keep what a guest calls themselves; the newest name counts."""
    if grant.guest_name != name:
        grant.guest_name = name[:LONGEST]
        grant.save(update_fields=["guest_name"])
    return grant
