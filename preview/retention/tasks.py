"""The run by the clock; `wiring.py` says how often."""

from __future__ import annotations

from celery import shared_task

from preview.retention import running


@shared_task(name="retention.run")
def run() -> None:
    """Delete what is kept no longer; safe to run twice."""
    running.run()
