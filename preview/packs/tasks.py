"""The tasks of packs; `wiring.py` says when they run."""

from __future__ import annotations

from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction

from preview.outbox.actions import end_delivery
from preview.packs import children


@shared_task(
    name="packs.take_along",
    autoretry_for=(OSError, OperationalError, InterfaceError),
    retry_backoff=True,
    max_retries=4,
)
@transaction.atomic
def take_along(*, delivery_id: str, draft_id: str) -> None:
    """Let a child join the packs of its parent; safe to run twice."""
    children.take_along(draft_id=draft_id)
    end_delivery(delivery_id)
