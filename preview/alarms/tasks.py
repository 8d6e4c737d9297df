"""The task that looks for alarms; `wiring.py` says how often it runs."""

from __future__ import annotations

from celery import shared_task

from preview.alarms import actions


@shared_task(name="alarms.watch", expires=60)
def watch() -> None:
    """Look at the trail's last minutes; safe to run twice."""
    actions.watch()
