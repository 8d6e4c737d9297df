"""The table of sign-offs."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.access import Staff
from preview.drafts.models import Draft, Version
from preview.packs.audiences import made_for
from preview.packs.models import Audience, Pack


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """What can be asked of sign-offs."""

    def visible_to(self, staff: Staff) -> SignOffQuerySet:
        """Keep those of pages of which somebody may see all."""
        return self.filter(made_for(staff))

    def with_newest(self) -> SignOffQuerySet:
        """Add `newest`, the digest of what the draft holds now."""
        now = Version.objects.filter(
            draft=models.OuterRef("draft"), number=models.OuterRef("draft__version_number")
        )
        return self.annotate(newest=models.Subquery(now.values("sha256")[:1]))


class SignOff(models.Model):
    """Somebody's word that a version, as its pages showed it, is right.

    It binds to `content_sha256`, the digest of the version's content, and to `pages`, the digest of
    each page's HTML by its path. `seal` is the digest of both. `role` says for what the person
    speaks. Rows are never changed but for `withdrawn_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="sign_offs")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="sign_offs")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    content_sha256 = models.CharField(max_length=64)
    pages = models.JSONField(default=dict)
    seal = models.CharField(max_length=64)
    actor = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    role = models.CharField(max_length=120, blank=True)
    statement = models.CharField(max_length=300)
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [models.Index(fields=["draft", "-created_at"], name="sign_offs_of_draft")]
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "actor", "seal"],
                condition=models.Q(withdrawn_at=None),
                name="sign_off_once",
            )
        ]

    def __str__(self) -> str:
        return f"Sign-off of {self.version_id} by {self.name}"
