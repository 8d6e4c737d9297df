"""Tables of share links and of the browsers that opened them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.access import Guest
from preview.drafts.models import Version
from preview.packs.models import Pack


class ShareLink(models.Model):
    """A permission for somebody without an account to see a pack.

    Follows the latest version, or shows `pinned_version` only. Only the SHA-256 of the token's
    secret is stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="share_links")
    label = models.CharField(max_length=120, blank=True)
    secret_digest = models.CharField(max_length=64)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    pinned_version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["pack", "-created_at"], name="share_links_of_pack")]

    def __str__(self) -> str:
        return self.label or f"Share link {self.id}"

    def guest(self, *, opened: bool) -> Guest:
        """Return the viewer that this link makes of somebody, for the access policy."""
        return Guest(expires_at=self.expires_at, revoked=self.revoked_at is not None, opened=opened)


class GuestSession(models.Model):
    """A browser that confirmed one or more links; the cookie's SHA-256 is its key."""

    digest = models.CharField(primary_key=True, max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Guest session of {self.created_at:%Y-%m-%d %H:%M}"


class Grant(models.Model):
    """A link that was confirmed in a guest session."""

    session = models.ForeignKey(GuestSession, on_delete=models.CASCADE, related_name="grants")
    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="grants")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "link"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.link} opened {self.confirmed_at:%Y-%m-%d %H:%M}"
