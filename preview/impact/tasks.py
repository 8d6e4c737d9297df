"""The tasks of impact; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task

from preview.impact import actions
from preview.rendering.tasks import RETRIES

LIMITS = {**RETRIES, "soft_time_limit": 120, "time_limit": 130}


@shared_task(name="impact.plan", **LIMITS)
def plan(self: Task, *, delivery_id: str, pack_id: str, audience: str) -> None:  # noqa: ARG001 (bound for retries)
    """Find the live pages that a pack may change; safe to run twice."""
    actions.plan_impact(pack_id=pack_id, audience=audience, delivery_id=delivery_id)


@shared_task(name="impact.compare", **LIMITS)
def compare(
    self: Task,  # noqa: ARG001 (bound for retries)
    *,
    delivery_id: str,
    impact_id: str,
    serial: int,
    first: int,
) -> None:
    """Compare one part of the pages; safe to run twice."""
    actions.compare_part(impact_id=impact_id, serial=serial, first=first, delivery_id=delivery_id)
