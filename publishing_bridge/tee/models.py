"""The table of copies: what the real Publishing API accepted, until the preview has it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class ForwardedRequest(models.Model):
    """A request that the real Publishing API accepted.

    `sequence` keeps the order in which they were accepted. A copy is deleted once its drafts are
    made or ended; one that can't be used stays, with the reason, until the purge.
    """

    sequence = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    content_id = models.UUIDField()
    body = models.BinaryField()
    user_uid = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=128, blank=True)
    accepted_at = models.DateTimeField(default=timezone.now)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["content_id", "sequence"], name="forwarded_in_order")]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"
