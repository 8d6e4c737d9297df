"""Tables of what stands beside a rendering: its items, for comparison, and its surfaces."""

from __future__ import annotations

from django.db import models

from preview.rendering.models import Rendering


class RenderedItem(models.Model):
    """The content item that a rendering shows in one locale, and the live one at that time.

    `sha256` and `live_sha256` are addresses in the storage of snapshots; what is stored there is
    JSON, links expanded. `live_sha256` is empty where the item is not live.
    """

    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="items")
    locale = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    live_sha256 = models.CharField(max_length=64, blank=True)
    live_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rendering", "locale"], name="item_in_rendering")
        ]

    def __str__(self) -> str:
        return f"Item of {self.rendering_id} ({self.locale})"


class RenderedSurface(models.Model):
    """How one surface (a search result, paper …) shows a rendering; `sha256` is its snapshot."""

    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="surfaces")
    name = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rendering", "name"], name="surface_of_rendering")
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.rendering_id}"
