"""The task that seals the trail; `wiring.py` says how often it runs."""

from __future__ import annotations

from celery import shared_task

from preview.audit import sealing


@shared_task(name="audit.seal", expires=60)
def seal() -> None:
    """Seal what was added to the trail; safe to run twice."""
    sealing.seal_trail()
