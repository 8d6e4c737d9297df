"""The Celery application; its tasks and timers are those of `wiring.py`."""

from __future__ import annotations

import os

import django
from celery import Celery, Task
from celery.signals import setup_logging, task_postrun, task_prerun, worker_process_init
from django.apps import apps
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
if not apps.models_ready:
    django.setup()

from preview.ops import collecting
from preview.ops import logging as ops_logging
from preview.wiring import TASK_MODULES, TIMERS

app = Celery("preview")
app.conf.update(settings.CELERY)
app.conf.include = TASK_MODULES
app.conf.beat_schedule = {
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}}
    for task, seconds in TIMERS.items()
}


@task_prerun.connect
def take_over_request_id(task: Task, **_: object) -> None:
    """Let log lines and calls to other services name the request that a task is for."""
    headers = getattr(task.request, "headers", None) or {}
    known = getattr(task.request, "govuk_request_id", None) or headers.get("govuk_request_id")
    ops_logging.request_id.set(str(known or ""))


@task_postrun.connect
def forget_request_id(**_: object) -> None:
    """Leave nothing of a task for the next one."""
    ops_logging.request_id.set("")


@worker_process_init.connect
def begin_to_work(**_: object) -> None:
    """Collect no garbage where there is none."""
    collecting.spare_what_stays()


@setup_logging.connect
def log_as_the_service_does(**_: object) -> None:
    """Keep Celery from replacing the service's log format."""
    ops_logging.configure(settings.LOGGING)
