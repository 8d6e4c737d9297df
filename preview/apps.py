"""The Django application."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PreviewConfig(AppConfig):
    """One application; features are packages inside it."""

    name = "preview"
    verbose_name = "Content Preview"

    def ready(self) -> None:
        """Check the way to sign in, and make every process able to send tasks."""
        import_module("preview.accounts.mock").refuse_unless_allowed()
        import_module("preview.celery")
        import_module("preview.ops.sentry").start()
