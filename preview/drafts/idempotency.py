"""Requests that are sent twice: the second gets the answer of the first, for 24 hours.

Source: draft-ietf-httpapi-idempotency-key-header-07, sections 2 and 3.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.drafts.actions import Saved
from preview.drafts.models import IdempotencyKey
from preview.errors import IdempotencyKeyReused

LIFETIME = timedelta(hours=24)


def earlier_answer(*, app: PublisherApp, key: str, fingerprint: str) -> Saved | None:
    """Return what the request with this key was answered; None when it is the first.

    Raises:
        IdempotencyKeyReused: the key came with another request.

    """
    since = timezone.now() - LIFETIME
    row = (
        IdempotencyKey.objects.select_related("version__draft")
        .filter(app=app, key=key, created_at__gt=since)
        .first()
    )
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return Saved(row.version, created=row.status == 201)


def remember(*, app: PublisherApp, key: str, fingerprint: str, saved: Saved) -> None:
    """Keep the answer, in the transaction of the save."""
    IdempotencyKey.objects.update_or_create(
        app=app,
        key=key,
        defaults={
            "fingerprint": fingerprint,
            "status": 201 if saved.created else 200,
            "version": saved.version,
            "created_at": timezone.now(),
        },
    )


def purge_keys() -> int:
    """Delete keys whose 24 hours are over; return how many."""
    count, _ = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - LIFETIME).delete()
    return count
