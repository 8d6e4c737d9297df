"""The table of letters: who is written to, by which template, and whether it was sent."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Letter(models.Model):
    """An e-mail. What it says is sealed until it is sent, and then deleted.

    `reference` names what the letter is about (`link:…`); replies and bounces are matched by `id`.
    """

    class State(models.TextChoices):
        """Where a letter stands."""

        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.EmailField(max_length=254)
    template = models.CharField(max_length=64)
    sealed = models.BinaryField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    failure = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["reference", "-created_at"], name="letters_about")]

    def __str__(self) -> str:
        return f"{self.template} letter {self.id} ({self.state})"
