"""The tables of the programme: what admins decide and note down about integration's use.

Organisations are called as in `results.py`: a content id where it is known, else a slug. Nothing
here is made from logs; that is in `standings.py`, and can be made again at any time.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class UsageOrganisation(models.Model):
    """What admins know of an organisation and agreed with it.

    `stage` is how far the talk is; all other states follow from use. `exempt_until` takes it out of
    the count of those that remain until that day. `accounts_closed_at` ends it. `parent` is
    the key of the organisation that it is part of.
    """

    class Stage(models.TextChoices):
        NOT_CONTACTED = "not_contacted", "Not contacted"
        CONTACTED = "contacted", "Contacted"
        PILOTING = "piloting", "Piloting"

    key = models.CharField(max_length=120, primary_key=True)
    stage = models.CharField(max_length=16, choices=Stage.choices, default=Stage.NOT_CONTACTED)
    parent = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    next_action = models.CharField(max_length=300, blank=True)
    due = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    exempt_until = models.DateField(null=True, blank=True)
    accounts_closed_at = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class UsageContact(models.Model):
    """An entry of the contact log: what was talked about with an organisation."""

    CHANNELS: ClassVar = ("email", "call", "meeting", "training", "other")

    organisation = models.CharField(max_length=120, db_index=True)
    at = models.DateField()
    channel = models.CharField(max_length=16)
    text = models.CharField(max_length=2000)
    author = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at} {self.organisation}"


class UsageWave(models.Model):
    """Organisations that move at the same time."""

    name = models.CharField(max_length=80, unique=True)
    starts = models.DateField()
    ends = models.DateField()
    organisations = models.JSONField(default=list)

    class Meta:
        ordering = ["starts", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="usage_wave_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UsageTarget(models.Model):
    """What a metric should have come down to by a day; `metric` is a name of `metrics/`."""

    metric = models.CharField(max_length=40)
    value = models.FloatField()
    due = models.DateField()
    owner = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["due", "metric"]
        constraints = [
            models.UniqueConstraint(fields=["metric", "due"], name="usage_target_identity")
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.value:g} by {self.due}"


class UsageAnnotation(models.Model):
    """Something that happened on a day and explains the figures.

    A `blackout` also keeps brownouts away from `day` to `until`: reshuffle, Budget, election.
    """

    KINDS: ClassVar = ("release", "outage", "campaign", "blackout", "note")

    day = models.DateField()
    until = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=16)
    organisation = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=300)
    author = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class UsageCapability(models.Model):
    """Since when production can preview a kind of content; without a day it can't yet.

    A row takes the place of what `seeds/capabilities.json` says of the kind.
    """

    kind = models.CharField(max_length=80, primary_key=True)
    since = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind} since {self.since}"


class UsageBlocker(models.Model):
    """Something that must be built or agreed before some use can end.

    It answers `reason` (a code of the rules) for `kinds`; no kinds means all. Without `expected`
    nobody knows when, and no forecast is made.
    """

    title = models.CharField(max_length=160)
    reason = models.CharField(max_length=40)
    kinds = models.JSONField(default=list, blank=True)
    owner = models.CharField(max_length=120, blank=True)
    expected = models.DateField(null=True, blank=True)
    resolved_at = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class UsageAnswer(models.Model):
    """Why somebody still uses integration: the answer to one question.

    `person` is a pseudonym (`p…`), empty where the answer is an organisation's (entered by an
    admin) or its giver is not known on integration. `text` is what they wrote, at most 200 letters.
    """

    VIAS: ClassVar = ("go", "banner", "admin")

    at = models.DateTimeField(default=timezone.now)
    person = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    app = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=40)
    text = models.CharField(max_length=200, blank=True)
    via = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at"], name="usage_answer_org")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.reason}"


class UsageView(models.Model):
    """A person's saved view of the table of organisations: its name and its query."""

    owner = models.CharField(max_length=64)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=500)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="usage_view_identity")
        ]

    def __str__(self) -> str:
        return self.name
