"""The tasks of webhooks; `wiring.py` says when they run."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task

from preview.outbox.retries import DATABASE, retries
from preview.webhooks import actions, sending


@shared_task(name="webhooks.announce", bind=True, **retries(DATABASE))
def announce(self: Task, *, delivery_id: str, **payload: Any) -> None:  # noqa: ARG001 (bound for retries)
    """Write the messages of an event; safe to run twice."""
    actions.announce(delivery_id=delivery_id, **payload)


@shared_task(name="webhooks.send_message", bind=True, **retries(DATABASE))
def send_message(self: Task, *, delivery_id: str, message_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Try to deliver a message; safe to run twice."""
    sending.send_message(message_id=message_id, delivery_id=delivery_id)


@shared_task(name="webhooks.send_due", expires=30)
def send_due() -> None:
    """Try messages whose wait is over; safe to run twice."""
    sending.send_due()
