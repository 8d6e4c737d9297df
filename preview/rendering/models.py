"""Tables of renderings and the pages they consist of."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.drafts.models import Version


class RenderingQuerySet(models.QuerySet["Rendering"]):
    """What can be asked of renderings."""

    def ready(self) -> RenderingQuerySet:
        """Keep those that can be looked at."""
        return self.filter(state=Rendering.State.READY)

    def newest_first(self) -> RenderingQuerySet:
        """Order by version, newest first, and by time within one."""
        return self.order_by("-version__number", "-queued_at")


class Rendering(models.Model):
    """A version turned into pages by one renderer; immutable once it is `ready` or `failed`.

    `claim` is the one worker run that may end it, until `claimed_until`; a run that lost its claim
    ends nothing. `remarks` is the fidelity report, `timings` are milliseconds.
    """

    class State(models.TextChoices):
        """Where a rendering stands."""

        QUEUED = "queued"
        RENDERING = "rendering"
        READY = "ready"
        FAILED = "failed"

    ENDED = (State.READY, State.FAILED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="renderings")
    renderer = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)
    trace_id = models.CharField(max_length=36, blank=True)
    remarks = models.JSONField(default=list)
    timings = models.JSONField(default=dict)
    objects = RenderingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "renderer"], name="rendering_once")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.state}"

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen to it."""
        return self.state in self.ENDED


class RenderedPage(models.Model):
    """One page of a rendering; `sha256` (of the HTML, UTF-8) is its address in the storage."""

    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField()
    path = models.CharField(max_length=600)
    title = models.TextField()
    status = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["rendering", "path"], name="page_path_in_rendering")
        ]

    def __str__(self) -> str:
        return f"{self.path} ({self.sha256[:12]})"
