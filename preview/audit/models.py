"""The table of the audit trail. Rows are only ever added: the database itself refuses the rest."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One thing that was done, seen or refused.

    `actor` and `subject` are `kind:id` (`person:…`, `app:…`, `link:…`, `draft:…`); `detail` holds
    bounded facts, never a secret, a title or an address of a person.
    """

    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=64)
    actor = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject", "-id"], name="audit_subject")]

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
