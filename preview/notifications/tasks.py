"""The tasks of notifications; `wiring.py` says when they run."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task

from preview.notifications import noting, sending
from preview.outbox.retries import DATABASE, retries


@shared_task(name="notifications.note", bind=True, **retries(DATABASE))
def note(self: Task, *, delivery_id: str, **payload: Any) -> None:  # noqa: ARG001 (bound for retries)
    """Note what is to be told of an event; safe to run twice."""
    noting.note(delivery_id=delivery_id, **payload)


@shared_task(name="notifications.watch")
def watch() -> None:
    """Note what only the clock brings; safe to run twice."""
    noting.watch()


@shared_task(name="notifications.send_due", expires=60)
def send_due() -> None:
    """Make and send the mails that are due; safe to run twice."""
    sending.send_due()
