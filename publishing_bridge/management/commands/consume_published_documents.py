"""Hear from RabbitMQ what went live, and end the drafts of it."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from publishing_bridge.consumer.consuming import consume


class Command(BaseCommand):
    help = "Take messages of the exchange published_documents until stopped (SIGTERM)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        consume(stopping=stop.is_set)
