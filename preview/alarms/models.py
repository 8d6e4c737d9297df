"""The table of alarms."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Alarm(models.Model):
    """Something that somebody should look at: which rule, about what, how often it was seen.

    `subject` is as in the audit trail (`pack:…`, `client:…`, `link:…`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    rule = models.CharField(max_length=32)
    subject = models.CharField(max_length=120)
    pack = models.UUIDField(null=True, blank=True)
    count = models.PositiveIntegerField()
    raised_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["rule", "subject", "-raised_at"], name="alarms_again")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"
