"""The tasks of rendering; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError

from preview.rendering import actions

TRANSIENT = (OSError, OperationalError, InterfaceError)
TOO_SLOW = (SoftTimeLimitExceeded,)


@shared_task(
    name="rendering.render_version",
    bind=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    retry_backoff_max=60,
    max_retries=4,
    soft_time_limit=settings.RENDER_TIME_LIMIT,
    time_limit=settings.RENDER_TIME_LIMIT + 5,
)
def render_version(self: Task, *, delivery_id: str, version_id: int) -> None:  # noqa: ARG001 (bound for retries)
    """Render one version; safe to run twice."""
    actions.render_version(version_id=version_id, delivery_id=delivery_id)
