"""The task of letters; `wiring.py` says when it runs."""

from __future__ import annotations

import smtplib
import uuid

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from preview.mail import actions

TRANSIENT = (OSError, smtplib.SMTPException, OperationalError, InterfaceError)


@shared_task(
    name="mail.send_letter",
    bind=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    retry_backoff_max=600,
    max_retries=8,
    time_limit=60,
)
def send_letter(self: Task, *, delivery_id: str, letter_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Send one letter; safe to run twice."""
    actions.send_letter(letter_id=uuid.UUID(letter_id), delivery_id=delivery_id)
