"""The Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PreviewConfig(AppConfig):
    """One application; features are packages inside it."""

    name = "preview"
    verbose_name = "Content Preview"

    def ready(self) -> None:
        """Make the Celery application the current one, so that every process can send tasks."""
        import_module("preview.celery")
        import_module("preview.ops.sentry").start()
