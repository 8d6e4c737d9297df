"""Tasks of the copies; `preview/wiring.py` says what they listen to and how often they run."""

from __future__ import annotations

from celery import shared_task

from preview.outbox.actions import end_delivery
from publishing_bridge.copies import handling


@shared_task(name="publishing_bridge.keep_copy")
def keep_copy(delivery_id: str, copy_id: str) -> None:
    """Make or end the drafts that a copy is about; safe to run twice."""
    handling.handle(copy_id)
    end_delivery(delivery_id)


@shared_task(name="publishing_bridge.purge_copies")
def purge_copies() -> None:
    """Delete copies that could not be used a month ago; safe to run twice."""
    handling.purge_copies()
