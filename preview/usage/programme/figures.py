"""The tables of what follows from use and decisions together; `standings.py` makes them anew.

Pages read these, so that a page costs the same however many months of logs there are.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class UsagePreview(models.Model):
    """A person's views of previews in this service, without a pause of 30 minutes.

    `person` is the key of the e-mail address (`e…`), equal in all environments; empty for guests,
    whose organisation is the draft's. `kind` is the one most looked at, as integration calls it.
    """

    id = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    started_at = models.DateTimeField()
    person = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    views = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["day"], name="usage_preview_day"),
            models.Index(fields=["person", "day"], name="usage_preview_person"),
            models.Index(fields=["organisation", "day"], name="usage_preview_org"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class UsageMetricWeek(models.Model):
    """A metric's value in a week that begins on this Monday.

    `value` is None where nobody knows. `state`: `known`, `partial` (some days or hosts are missing:
    at least so much) or `missing`.
    """

    metric = models.CharField(max_length=40)
    week = models.DateField()
    value = models.FloatField(null=True)
    state = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["metric", "week"], name="usage_metric_week_identity")
        ]
        indexes = [models.Index(fields=["week"], name="usage_metric_week")]

    def __str__(self) -> str:
        return f"{self.metric} {self.week}: {self.value}"


class UsageStanding(models.Model):
    """Where an organisation stands today: its state, why, and the figures of its row.

    `why` says in a sentence what the state rests on. `needed` is how many proved days without use
    make it `migrated`, `silent` how many there are. `rate` is sessions a week while it was in use.
    `could_move` and `blocked` count its sessions of 90 days by what production can preview;
    sessions of unknown kind are in neither. `readiness` holds the parts of the score.
    """

    key = models.CharField(max_length=120, primary_key=True)
    title = models.CharField(max_length=255)
    state = models.CharField(max_length=20)
    since = models.DateField(null=True)
    why = models.CharField(max_length=300)
    last_use = models.DateField(null=True)
    rate = models.FloatField(default=0)
    needed = models.PositiveSmallIntegerField(default=28)
    silent = models.PositiveSmallIntegerField(default=0)
    sessions_7 = models.PositiveIntegerField(default=0)
    sessions_28 = models.PositiveIntegerField(default=0)
    people_7 = models.PositiveIntegerField(default=0)
    people_28 = models.PositiveIntegerField(default=0)
    training_28 = models.PositiveIntegerField(default=0)
    could_move = models.PositiveIntegerField(default=0)
    blocked = models.PositiveIntegerField(default=0)
    unknown_kind = models.PositiveIntegerField(default=0)
    displacement = models.FloatField(null=True)
    apps = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    activities = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    accounts = models.PositiveIntegerField(default=0)
    identified = models.FloatField(null=True)
    score = models.PositiveSmallIntegerField(default=0)
    readiness = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["state"], name="usage_standing_state")]

    def __str__(self) -> str:
        return f"{self.title}: {self.state}"


class UsageReasonCount(models.Model):
    """How many sessions of 90 days had a reason, by organisation and kind; no reason is empty."""

    organisation = models.CharField(max_length=120, db_index=True)
    reason = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    sessions = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reason", "kind"], name="usage_reason_count_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.reason}: {self.sessions}"


class UsageStateChange(models.Model):
    """An organisation's state changed: only ever added to."""

    organisation = models.CharField(max_length=120, db_index=True)
    day = models.DateField()
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20)

    class Meta:
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return f"{self.day} {self.organisation}: {self.after}"


class UsageForecast(models.Model):
    """When use ends, as it looked on a day: the 10 %, 50 % and 90 % days, or why there is none."""

    day = models.DateField(primary_key=True)
    early = models.DateField(null=True)
    middle = models.DateField(null=True)
    late = models.DateField(null=True)
    refusal = models.CharField(max_length=300, blank=True)
    assumptions = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"forecast of {self.day}"
