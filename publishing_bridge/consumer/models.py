"""The table of messages that were handled, so that a second delivery changes nothing."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class HandledMessage(models.Model):
    """A message by its identity: content id, locale, payload version."""

    content_id = models.UUIDField()
    locale = models.CharField(max_length=16, blank=True)
    payload_version = models.BigIntegerField()
    routing_key = models.CharField(max_length=255)
    handled_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_id", "locale", "payload_version"], name="message_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.routing_key} {self.content_id} {self.payload_version}"
