"""Tables of impact: one row for a pack and an audience, and one for each live page looked at."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.packs.models import Audience, Pack
from preview.rendering.models import Rendering


class Impact(models.Model):
    """What a pack changes on live pages, for one audience.

    It is measured anew, with the next `serial`, whenever something changed; `total` pages are
    looked at, and `bounded` says that there were more. A run of an older serial stores nothing.
    """

    class State(models.TextChoices):
        """Where the measurement stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="impacts")
    audience = models.CharField(max_length=8, choices=Audience.choices)
    serial = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField(default=0)
    bounded = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "audience"], name="impact_of_pack")]

    def __str__(self) -> str:
        return f"Impact of {self.pack}"

    def looked_at(self) -> int:
        """Return how many pages were compared so far."""
        return self.pages.exclude(outcome=ImpactPage.Outcome.WAITING).count()

    def changed(self) -> int:
        """Return how many pages the pack changes, of those compared so far."""
        return self.pages.filter(outcome=ImpactPage.Outcome.CHANGES).count()


class ImpactPage(models.Model):
    """A live page that the pack may change.

    `before` is the snapshot of the page as it is live, `after` the page in the pack; both are there
    for pages that change only. `failure` says why a page could not be compared.
    """

    class Outcome(models.TextChoices):
        """What the comparison said."""

        WAITING = "waiting"
        CHANGES = "changes"
        SAME = "same"
        FAILED = "failed"

    impact = models.ForeignKey(Impact, on_delete=models.CASCADE, related_name="pages")
    position = models.PositiveIntegerField()
    content_id = models.UUIDField()
    locale = models.CharField(max_length=16)
    path = models.CharField(max_length=600)
    title = models.TextField(blank=True)
    document_type = models.CharField(max_length=100, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.WAITING)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    rendering = models.ForeignKey(
        Rendering, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["impact", "position"], name="impact_page_position")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.outcome}"
