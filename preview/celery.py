"""The Celery application; its tasks and timers are those of `wiring.py`."""

from __future__ import annotations

import os

import django
from celery import Celery
from celery.signals import setup_logging
from django.apps import apps
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
if not apps.models_ready:
    django.setup()

from preview.ops import logging as ops_logging
from preview.wiring import TASK_MODULES, TIMERS

app = Celery("preview")
app.conf.update(settings.CELERY)
app.conf.include = TASK_MODULES
app.conf.beat_schedule = {
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in TIMERS.items()
}


@setup_logging.connect
def log_as_the_service_does(**_: object) -> None:
    """Keep Celery from replacing the service's log format."""
    ops_logging.configure(settings.LOGGING)
