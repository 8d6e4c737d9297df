"""Tables of pre-release access lists, of the people on them, and of breaches."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.packs.models import Pack
from preview.sharing.models import ShareLink


class AccessList(models.Model):
    """Who may see a pack of official statistics in the 24 hours before `release_at`.

    `title` is published with the list, so it says what the statistics are and nothing of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.OneToOneField(Pack, on_delete=models.CASCADE, related_name="access_list")
    title = models.CharField(max_length=200)
    release_at = models.DateTimeField()
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.title


class ListedPerson(models.Model):
    """Somebody on a list, with the role for which they need access; `link` is how they get in."""

    listed_in = models.ForeignKey(AccessList, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    link = models.ForeignKey(ShareLink, null=True, on_delete=models.SET_NULL, related_name="+")
    added_by = models.CharField(max_length=120)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listed_in", "email"], name="listed_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"


class Breach(models.Model):
    """A report that statistics were seen, used or told about before they should have been."""

    listed_in = models.ForeignKey(AccessList, on_delete=models.CASCADE, related_name="breaches")
    happened_at = models.DateTimeField()
    what = models.TextField()
    reported_by = models.CharField(max_length=120)
    reported_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Breach of {self.listed_in}"
