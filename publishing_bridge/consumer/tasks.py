"""The purge of handled messages; `preview/wiring.py` says how often it runs."""

from __future__ import annotations

from celery import shared_task

from publishing_bridge.consumer import handling


@shared_task(name="publishing_bridge.purge_messages")
def purge_messages() -> None:
    """Forget messages that nobody will deliver again; safe to run twice."""
    handling.purge_messages()
