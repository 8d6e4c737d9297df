"""The table of deliveries: one row for each event and each task that listens to it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Delivery(models.Model):
    """A task that must run because of an event.

    Written in the transaction that made the event happen, ended by the task itself. Until `done_at`
    is set the sweeper sends it again whenever `send_after` has passed: a broker that forgets and a
    worker that is killed cost a delay, never an event.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    topic = models.CharField(max_length=64)
    task = models.CharField(max_length=120)
    queue = models.CharField(max_length=32)
    payload = models.JSONField()
    request_id = models.CharField(max_length=128, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    sends = models.PositiveIntegerField(default=0)
    send_after = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["send_after"], condition=models.Q(done_at=None), name="outbox_pending"
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} → {self.task}"
