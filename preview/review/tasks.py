"""The tasks of review; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task

from preview.outbox.retries import OUTSIDE, retries
from preview.review.comments import placing
from preview.review.fact_checks import reminding


@shared_task(name="review.place_comments", bind=True, **retries(OUTSIDE))
def place_comments(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Find the passages of comments in a new version; safe to run twice."""
    placing.place_comments(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="review.remind_checkers")
def remind_checkers() -> None:
    """Write to people who have not answered a fact check; safe to run twice."""
    reminding.remind_checkers()
