"""The tasks of integration usage, on queue `usage`; `wiring.py` says when they run."""

from __future__ import annotations

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError

from preview.errors import LogImportRunning
from preview.usage import actions, batches, pulling, retention, rollups
from preview.usage.alerts import actions as alerts
from preview.usage.programme import forgetting, standings

QUEUE = "usage"
TRANSIENT = (OSError, OperationalError, InterfaceError, LogImportRunning)


@shared_task(
    name="usage.load_batch",
    bind=True,
    autoretry_for=TRANSIENT,
    retry_backoff=True,
    retry_backoff_max=60,
    max_retries=4,
)
def load_batch(self: Task, *, delivery_id: str, object_id: int) -> None:  # noqa: ARG001 (bound for retries)
    """Store a batch that was pushed; safe to run twice."""
    batches.load_batch(object_id=object_id, delivery_id=delivery_id)


@shared_task(name="usage.rebuild_days", queue=QUEUE, expires=60)
def rebuild_days() -> None:
    """Rebuild the days that are due; safe to run twice."""
    rollups.rebuild_due(actions.active_rules())


@shared_task(name="usage.pull_sources", queue=QUEUE, expires=900)
def pull_sources() -> None:
    """Fetch what is new from sources in S3; one run a source at a time."""
    pulling.pull_all()


@shared_task(name="usage.purge", queue=QUEUE)
def purge() -> None:
    """Delete what is kept no longer; safe to run twice."""
    retention.purge()
    forgetting.forget()


@shared_task(name="usage.decide", queue=QUEUE, expires=600)
def decide() -> None:
    """Make standings, weeks and forecast anew; safe to run twice."""
    standings.decide()


@shared_task(name="usage.watch", queue=QUEUE, expires=600)
def watch() -> None:
    """Look for what stands out in the figures; each is told once a day."""
    alerts.watch()


@shared_task(name="usage.send_digest", queue=QUEUE, expires=3600)
def send_digest() -> None:
    """Write the weekly digest, once a week from Monday 8am on."""
    alerts.send_digest()
