"""The table of draft files."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from preview.accounts.models import PublisherApp


class Asset(models.Model):
    """A draft file; `path` is that of its address on the assets host, which content uses.

    The bytes are in the storage, under their `sha256`. `content_type` comes from the content, and
    `inline` says whether a browser may show the file itself, or only download it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    app = models.ForeignKey(PublisherApp, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=300, unique=True)
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    inline = models.BooleanField(default=False)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["app", "-updated_at", "-id"], name="assets_of_app")]

    def __str__(self) -> str:
        return self.path

    @property
    def address(self) -> str:
        """Return the address that content uses."""
        return f"{settings.ASSETS_ORIGIN}{self.path}"
