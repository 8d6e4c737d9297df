"""Tables of checks: one run for each rendering, its findings, and those that people dismissed."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from preview.drafts.models import Draft
from preview.rendering.models import Rendering


class Severity(models.TextChoices):
    """How grave a finding is; the words are those of `preview.quality`."""

    ERROR = "error", "Problem"
    WARNING = "warning", "Warning"
    HINT = "hint", "Suggestion"


# Pages of one rendering that a browser looks at.
MOST_PAGES = 20


class InBrowser(models.TextChoices):
    """How looking at a preview in a browser ended; the faults are those of `BrowserFault`."""

    OFF = "off", "Accessibility is not checked here: this service is set not to."
    MISSING = "missing", "Accessibility is not checked here: there is no browser to look with."
    WAITING = "waiting", "Accessibility is being checked in a browser."
    DONE = "done", "Accessibility was checked in a browser, with axe-core."
    PART = "part", f"Accessibility of the first {MOST_PAGES} pages was checked with axe-core."
    SLOW = "slow", "Accessibility was not checked: the page takes a browser too long."
    LARGE = "large", "Accessibility was not checked: the page takes a browser too much memory."
    ENDED = "ended", "Accessibility was not checked: the browser ended by itself, three times."
    FAILED = "failed", "Accessibility was not checked because of a fault in this service."


class CheckRun(models.Model):
    """The checks of one rendering.

    `compared` says that there is a live page, whose own findings were told apart. `outside` lists
    the addresses on other sites that the pages link to. `in_browser` says how it was looked at by
    axe-core, after the other checks.
    """

    class State(models.TextChoices):
        """How it ended."""

        DONE = "done"
        FAILED = "failed"

    rendering = models.OneToOneField(Rendering, on_delete=models.CASCADE, related_name="check_run")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DONE)
    compared = models.BooleanField(default=False)
    outside = models.JSONField(default=list)
    in_browser = models.CharField(max_length=8, choices=InBrowser.choices, default=InBrowser.OFF)
    checked_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Checks of {self.rendering_id}"


class FindingQuerySet(models.QuerySet["Finding"]):
    """What can be asked of findings."""

    def not_dismissed(self, draft_id: Any) -> FindingQuerySet:
        """Keep those that nobody dismissed for this draft."""
        return self.exclude(key__in=Dismissal.objects.filter(draft=draft_id).values("key"))


class Finding(models.Model):
    """One thing to do, as `preview.quality.Finding` has it.

    `page` is the path of the page that it is on, `block` its place there. `is_new` says that the
    live page does not have it. `key` stays the same from version to version.
    """

    run = models.ForeignKey(CheckRun, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=16)
    rule = models.CharField(max_length=64)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    sentence = models.TextField()
    quote = models.TextField(blank=True)
    page = models.CharField(max_length=600, blank=True)
    block = models.TextField(blank=True)
    pointer = models.TextField(blank=True)
    is_new = models.BooleanField(default=True)
    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-is_new", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="finding_position")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.sentence}"


class Dismissal(models.Model):
    """A finding that somebody looked at and let stand, for all versions of a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="dismissals")
    key = models.CharField(max_length=16)
    rule = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    dismissed_by = models.CharField(max_length=64)
    dismissed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="dismissal_once")]

    def __str__(self) -> str:
        return f"{self.rule} dismissed: {self.reason}"


class OutsideLink(models.Model):
    """An address on another site that drafts link to, and how asking for it ended.

    `status` is the HTTP status, None where there was none; `failure` says why.
    """

    class Failure(models.TextChoices):
        """Why there is no status."""

        REFUSED = "refused", "It is not an address of the public internet"
        NO_ANSWER = "no_answer", "Nothing answers there"

    digest = models.CharField(max_length=64, unique=True)
    address = models.TextField()
    wanted_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    failure = models.CharField(max_length=16, choices=Failure.choices, blank=True)

    def __str__(self) -> str:
        return f"{self.address}: {self.status or self.failure or 'not looked at'}"
