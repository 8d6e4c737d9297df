"""The tasks of rendering; `wiring.py` says when they run."""

from __future__ import annotations

from typing import Any

from celery import Task, shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import InterfaceError, OperationalError

from preview.rendering import actions, completing, following

TRANSIENT = (OSError, OperationalError, InterfaceError)
TOO_SLOW = (SoftTimeLimitExceeded,)
RETRIES: dict[str, Any] = {
    "bind": True,
    "autoretry_for": TRANSIENT,
    "retry_backoff": True,
    "retry_backoff_max": 60,
    "max_retries": 4,
    "soft_time_limit": settings.RENDER_TIME_LIMIT,
    "time_limit": settings.RENDER_TIME_LIMIT + 5,
}


@shared_task(name="rendering.render_version", **RETRIES)
def render_version(self: Task, *, delivery_id: str, version_id: int) -> None:  # noqa: ARG001 (bound for retries)
    """Render one version by itself; safe to run twice."""
    actions.render_version(version_id=version_id, delivery_id=delivery_id)


@shared_task(name="rendering.render_queued", **RETRIES)
def render_queued(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Render what waits in a pack; safe to run twice."""
    actions.render_queued(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="rendering.complete_rendering", **RETRIES)
def complete_rendering(self: Task, *, delivery_id: str, rendering_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Keep a rendering's items and make its surfaces; safe to run twice."""
    completing.complete_rendering(rendering_id=rendering_id, delivery_id=delivery_id)


@shared_task(name="rendering.spread_version", **RETRIES)
def spread_version(self: Task, *, delivery_id: str, version_id: int) -> None:  # noqa: ARG001 (bound for retries)
    """Queue a version in its other packs, and what depends on it; safe to run twice."""
    following.spread_version(version_id=version_id, delivery_id=delivery_id)


@shared_task(name="rendering.refresh_paths", **RETRIES)
def refresh_paths(
    self: Task,  # noqa: ARG001 (bound for retries)
    *,
    delivery_id: str,
    pack_id: str,
    audience: str,
    paths: str,
) -> None:
    """Queue what links to paths that a pack began or ceased to show; safe to run twice."""
    following.refresh_paths(
        pack_id=pack_id, audience=audience, paths=paths, delivery_id=delivery_id
    )


@shared_task(name="rendering.refresh_pack", **RETRIES)
def refresh_pack(
    self: Task,  # noqa: ARG001 (bound for retries)
    *,
    delivery_id: str,
    pack_id: str,
    draft_id: str = "",
    everything: bool = False,
) -> None:
    """Bring a pack's pages up to its drafts; safe to run twice."""
    following.refresh_pack(
        pack_id=pack_id, draft_id=draft_id, everything=everything, delivery_id=delivery_id
    )


@shared_task(name="rendering.refresh_asset", **RETRIES)
def refresh_asset(self: Task, *, delivery_id: str, path: str) -> None:  # noqa: ARG001 (bound for retries)
    """Queue what uses a draft file's address; safe to run twice."""
    following.refresh_asset(path=path, delivery_id=delivery_id)


@shared_task(name="rendering.forget_draft", **RETRIES)
def forget_draft(self: Task, *, delivery_id: str, draft_id: str) -> None:  # noqa: ARG001 (bound for retries)
    """Bring the packs of a draft that is over up to that; safe to run twice."""
    following.forget_draft(draft_id=draft_id, delivery_id=delivery_id)
