"""Tables of retention: legal holds, receipts of what was deleted, snapshots to be deleted."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Hold(models.Model):
    """Nothing of a draft, a pack or an organisation is deleted until the hold is lifted.

    `target` is the id of the draft or pack, or the organisation's content id.
    """

    class Kind(models.TextChoices):
        """What a hold is on."""

        DRAFT = "draft", "A draft"
        PACK = "pack", "A pack, with its drafts"
        ORGANISATION = "organisation", "An organisation, with its drafts and packs"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    target = models.UUIDField()
    reason = models.CharField(max_length=300)
    placed_by = models.CharField(max_length=120)
    placed_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.CharField(max_length=120, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-placed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "target"],
                condition=models.Q(lifted_at=None),
                name="one_hold_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Hold on {self.kind} {self.target}"


class Receipt(models.Model):
    """What one step of a run deleted: `count` of what `rule` is about, older than `before`.

    Written in the transaction that deletes. The database itself refuses to change or delete one.
    """

    rule = models.CharField(max_length=32)
    days = models.PositiveIntegerField()
    before = models.DateTimeField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.count} by {self.rule} at {self.at:%Y-%m-%d %H:%M}"


class Leftover(models.Model):
    """A snapshot whose page was deleted; `moved_at` says when its file was set aside."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    noted_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.sha256[:12]
