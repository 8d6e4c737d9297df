"""The tasks of sharing; `wiring.py` says when they run."""

from __future__ import annotations

import uuid

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from preview.sharing import opening


@shared_task(
    name="sharing.send_code",
    bind=True,
    autoretry_for=(OSError, OperationalError, InterfaceError),
    retry_backoff=True,
    max_retries=4,
    time_limit=30,
)
def send_code(
    self: Task,  # noqa: ARG001 (bound for retries)
    *,
    delivery_id: str,
    link_id: str,
    email: str,
    code_id: str,
) -> None:
    """Send a one-time code to somebody on a link's list; safe to run twice."""
    opening.send_code(
        link_id=uuid.UUID(link_id),
        email=email,
        code_id=uuid.UUID(code_id),
        delivery_id=delivery_id,
    )
