"""The sweeper and the purge; `wiring.py` says how often they run."""

from __future__ import annotations

from celery import shared_task

from preview.outbox import actions


@shared_task(name="outbox.send_again", expires=60)
def send_again() -> None:
    """Send what was never delivered or never ended; safe to run twice."""
    actions.send_again()


@shared_task(name="outbox.purge_done")
def purge_done() -> None:
    """Delete deliveries that ended a week ago; safe to run twice."""
    actions.purge_done()
