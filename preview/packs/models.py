"""The table of packs. Every draft has an implicit pack of its own."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.drafts.models import Draft


class Pack(models.Model):
    """A set of drafts shown together over live content; `own_draft` marks an implicit pack."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    own_draft = models.OneToOneField(Draft, on_delete=models.CASCADE, related_name="own_pack")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Pack of {self.own_draft}"
