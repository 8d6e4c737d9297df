"""The purge of idempotency keys; `wiring.py` says how often it runs."""

from __future__ import annotations

from celery import shared_task

from preview.drafts import idempotency


@shared_task(name="drafts.purge_idempotency_keys")
def purge_idempotency_keys() -> None:
    """Delete idempotency keys whose 24 hours are over; safe to run twice."""
    idempotency.purge_keys()
