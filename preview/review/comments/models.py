"""Tables of comments: threads, each about a passage, and what people said in them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import models
from django.utils import timezone

from preview.access import Staff
from preview.anchors import Anchor
from preview.drafts.models import Draft, Version
from preview.packs.audiences import made_for
from preview.packs.models import Audience, Pack

# From which score on a place is called how likely.
SURE = ((0.85, "Very likely"), (0.6, "Likely"), (0.0, "Perhaps"))


class ThreadQuerySet(models.QuerySet["Thread"]):
    """What can be asked of threads."""

    def for_guests(self, audiences: Sequence[str]) -> ThreadQuerySet:
        """Keep those about pages for these audiences that are not for staff only."""
        return self.filter(internal=False, audience__in=audiences)

    def visible_to(self, staff: Staff) -> ThreadQuerySet:
        """Keep those that quote nothing which somebody may not see."""
        return self.filter(made_for(staff))

    def open(self) -> ThreadQuerySet:
        """Keep those that wait to be dealt with."""
        return self.filter(resolved_at=None)


class Thread(models.Model):
    """A passage of a draft's page, with what is said about it.

    `quote` to `copies` are the anchor as it was made, in `version`, on the page at `path`; no quote
    means the whole page. `placement`, `score` (0 to 1), `now_block` and `now_quote` say where the
    passage stands in `placed_in`, the newest version that was looked at. `internal` keeps a thread
    from guests; `pack` is the pack in which it was begun, whose guests see it. `audience` is
    that of the page which it quotes.
    """

    class Placement(models.TextChoices):
        """How sure it is where the passage stands now."""

        WHOLE = "whole", "About the whole page"
        EXACT = "exact", "Where it was"
        MOVED = "moved", "Moved"
        CHANGED = "changed", "Changed"
        LOST = "lost", "Not found any more"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="threads")
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="threads")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.FULL)
    path = models.CharField(max_length=600, blank=True)
    quote = models.TextField(blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    block = models.CharField(max_length=600, blank=True)
    at = models.IntegerField(default=-1)
    copies = models.PositiveIntegerField(default=1)
    placed_in = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    placement = models.CharField(max_length=8, choices=Placement.choices)
    score = models.FloatField(default=1.0)
    now_block = models.CharField(max_length=600, blank=True)
    now_quote = models.TextField(blank=True)
    internal = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=120, blank=True)
    resolved_by_name = models.CharField(max_length=255, blank=True)
    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["draft", "created_at"], name="threads_of_draft")]

    def __str__(self) -> str:
        return f"Thread {self.id}"

    def anchor(self) -> Anchor:
        """Return the anchor, as it was made."""
        return Anchor(self.quote, self.prefix, self.suffix, self.block, self.at, self.copies)

    @property
    def confidence(self) -> str:
        """How sure the new place of a passage is, in words; "" where it never moved."""
        if self.placement not in (self.Placement.MOVED, self.Placement.CHANGED):
            return ""
        level = next(word for least, word in SURE if self.score >= least)
        return f"{level} the right place ({round(100 * self.score)}%)"


class Comment(models.Model):
    """What somebody said in a thread, looking at `version`. Stored as written, escaped on pages."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    author = models.CharField(max_length=120)
    author_name = models.CharField(max_length=255)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return f"Comment of {self.author}"
