"""Tables of the content store.

Source: alphagov/content-store `app/models/content_item.rb`, `app/models/publish_intent.rb`.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ContentItem(models.Model):
    """The item at a path, whole, as it was put; `payload_version` orders the puts."""

    base_path = models.CharField(max_length=512, unique=True)
    item = models.JSONField(default=dict)
    payload_version = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.base_path


class ContentRoute(models.Model):
    """A route or redirect of an item, so that any address under it finds the item."""

    content_item = models.ForeignKey(ContentItem, on_delete=models.CASCADE, related_name="routes")
    path = models.CharField(max_length=512, db_index=True)
    match_type = models.CharField(max_length=8, choices=[("exact", "exact"), ("prefix", "prefix")])

    def __str__(self) -> str:
        return f"{self.match_type} {self.path}"


class PublishIntent(models.Model):
    """When the content of a path will be published, so that caches let go in time."""

    base_path = models.CharField(max_length=512, unique=True)
    publish_time = models.DateTimeField()
    publishing_app = models.CharField(max_length=100, blank=True)
    rendering_app = models.CharField(max_length=100, blank=True)
    routes = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.base_path} at {self.publish_time}"
