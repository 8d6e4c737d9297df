"""The tasks of checks; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task

from preview.checks import actions, outside
from preview.rendering.tasks import RETRIES


@shared_task(name="checks.check_rendering", **RETRIES)
def check_rendering(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Check a rendering; safe to run twice."""
    actions.check_rendering(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="checks.look_at_link", **{**RETRIES, "max_retries": 100})
def look_at_link(self: Task, *, delivery_id: str, link_id: int) -> None:
    """Ask for an address on another site, when it is that site's turn; safe to run twice."""
    wait = outside.look_at_link(link_id=link_id, delivery_id=delivery_id)
    if wait:
        raise self.retry(countdown=wait)
