"""The Django application of the bridge."""

from __future__ import annotations

from django.apps import AppConfig


class PublishingBridgeConfig(AppConfig):
    """One application; the wire formats are packages inside it."""

    name = "publishing_bridge"
    verbose_name = "Publishing bridge"
