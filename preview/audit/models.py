"""The tables of the audit trail. Rows are only ever added: the database itself refuses the rest."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One thing that was done, seen or refused.

    `actor` and `subject` are `kind:id` (`person:…`, `app:…`, `link:…`, `draft:…`); `pack` is what
    it is about, where that is a pack. `detail` holds bounded facts, never a secret, a title or an
    address of a person.
    """

    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    pack = models.UUIDField(null=True, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="audit_subject"),
            models.Index(fields=["pack", "-id"], condition=~models.Q(pack=None), name="audit_pack"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(
                fields=["at"],
                condition=models.Q(action="share_link.deny"),
                name="audit_denials",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a change to a stored one is refused."""
        if self.pk is not None:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 (the signature of Django)
        """Refuse."""
        raise TypeError("The audit trail is append-only.")


class Seal(models.Model):
    """A stretch of the trail that nobody can change any more without it being seen.

    Covers every entry with an id after the seal before, up to `last_id`: `count` of them. `digest`
    is the SHA-256 (hex) of these entries and of `previous`, the digest of the seal before.
    """

    first_id = models.BigIntegerField(unique=True)
    last_id = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Seal of entries {self.first_id} to {self.last_id}"
