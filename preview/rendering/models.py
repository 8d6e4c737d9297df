"""Tables of renderings and the pages they consist of."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.drafts.models import Version
from preview.packs.models import Audience, Pack


class RenderingQuerySet(models.QuerySet["Rendering"]):
    """What can be asked of renderings."""

    def ready(self) -> RenderingQuerySet:
        """Keep those that can be looked at."""
        return self.filter(state=Rendering.State.READY)

    def in_own_pack(self) -> RenderingQuerySet:
        """Keep those that show a draft by itself."""
        return self.filter(pack__own_draft=models.F("version__draft"))

    def newest_first(self) -> RenderingQuerySet:
        """Order by version, newest first, and by generation within one."""
        return self.order_by("-version__number", "-generation", "-queued_at")


class Rendering(models.Model):
    """What a pack shows of one content item, turned into pages; immutable once it has ended.

    The item is `content_id` in `locale`. `version` is the draft's, None for a live page that the
    pack changes. The same version is rendered again, as the next `generation`, when something that
    it was made of has changed. `audience` says with or without the pack's limited drafts.

    `claim` is the one worker run that may end it, until `claimed_until`; a run that lost its claim
    ends nothing. `remarks` is the fidelity report, `timings` are milliseconds. `used` is what it
    was made of: {"content_ids": [...], "paths": [...]}.
    """

    class State(models.TextChoices):
        """Where a rendering stands."""

        QUEUED = "queued"
        RENDERING = "rendering"
        READY = "ready"
        FAILED = "failed"

    ENDED = (State.READY, State.FAILED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="renderings")
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.OPEN)
    content_id = models.UUIDField()
    locale = models.CharField(max_length=16)
    version = models.ForeignKey(
        Version, on_delete=models.CASCADE, related_name="renderings", null=True, blank=True
    )
    generation = models.PositiveIntegerField(default=1)
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
    used = models.JSONField(default=dict)
    objects = RenderingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "audience", "version", "renderer", "generation"],
                condition=models.Q(version__isnull=False),
                name="rendering_of_version_once",
            ),
            models.UniqueConstraint(
                fields=["pack", "audience", "content_id", "locale", "renderer", "generation"],
                condition=models.Q(version__isnull=True),
                name="rendering_of_live_page_once",
            ),
        ]
        indexes = [
            models.Index(fields=["pack", "content_id", "locale"], name="renderings_of_item"),
            models.Index(fields=["state", "-ended_at"], name="renderings_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.state}"

    def order(self) -> tuple[int, int]:
        """Return what tells the newer of two renderings of an item."""
        return (self.version.number if self.version else 0, self.generation)

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


class RenderingAsset(models.Model):
    """A file that a rendering's pages use, by its path on the assets host.

    The file may be live, a draft file, or one that is not uploaded yet; whoever may see the pages
    may have it.
    """

    rendering = models.ForeignKey(Rendering, on_delete=models.CASCADE, related_name="assets")
    path = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "rendering"], name="asset_once_in_rendering")
        ]

    def __str__(self) -> str:
        return f"{self.path} in {self.rendering_id}"


class PackPage(models.Model):
    """What a pack shows at a path now: the page of the newest ready rendering of an item.

    The renderings that it replaced stay, for links that are pinned and for comparison.
    """

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="pages")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    path = models.CharField(max_length=600)
    page = models.ForeignKey(RenderedPage, on_delete=models.CASCADE, related_name="+")
    content_id = models.UUIDField()
    locale = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "audience", "path"], name="pack_page_path")
        ]
        indexes = [
            models.Index(fields=["pack", "content_id", "locale"], name="pack_pages_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.path} in {self.pack}"
