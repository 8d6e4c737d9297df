"""The tasks of review; `wiring.py` says when they run."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from preview.review.comments import placing
from preview.review.fact_checks import reminding

RETRIES: dict[str, Any] = {
    "bind": True,
    "autoretry_for": (OSError, OperationalError, InterfaceError),
    "retry_backoff": True,
    "max_retries": 4,
    "time_limit": 60,
}


@shared_task(name="review.place_comments", **RETRIES)
def place_comments(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Find the passages of comments in a new version; safe to run twice."""
    placing.place_comments(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="review.remind_checkers")
def remind_checkers() -> None:
    """Write to people who have not answered a fact check; safe to run twice."""
    reminding.remind_checkers()
