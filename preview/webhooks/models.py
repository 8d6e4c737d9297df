"""Tables of webhooks: endpoints, messages to them, and every attempt to deliver one."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.accounts.models import PublisherApp


class Endpoint(models.Model):
    """Where an app wants to hear of `topics`; its secret is sealed. Disabled, it hears nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    app = models.ForeignKey(PublisherApp, on_delete=models.CASCADE, related_name="endpoints")
    address = models.CharField(max_length=500)
    topics = models.JSONField(default=list)
    description = models.CharField(max_length=120, blank=True)
    sealed = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)
    disabled_at = models.DateTimeField(null=True, blank=True)
    disabled_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.address


class Message(models.Model):
    """One event for one endpoint; `next_at` is when to try (again), None once that is over.

    `draft` or `pack` is what it is about, for legal holds: ids only, the log outlives both.
    """

    class State(models.TextChoices):
        """Where a message stands."""

        WAITING = "waiting"
        DELIVERED = "delivered"
        GIVEN_UP = "given_up"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="messages")
    source = models.UUIDField()
    topic = models.CharField(max_length=64)
    body = models.TextField()
    draft = models.UUIDField(null=True, blank=True)
    pack = models.UUIDField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["endpoint", "-created_at"], name="webhooks_of_endpoint"),
            models.Index(
                fields=["next_at"], condition=models.Q(state="waiting"), name="webhooks_due"
            ),
            models.Index(fields=["created_at"], name="webhooks_by_age"),
        ]
        constraints = [models.UniqueConstraint(fields=["endpoint", "source"], name="webhook_once")]

    def __str__(self) -> str:
        return f"{self.topic} to {self.endpoint_id}"


class Attempt(models.Model):
    """One try: the HTTP status, or why there was none, and how long it took (milliseconds)."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.status or self.failure}"
