"""The tables of what follows from the facts: coverage, sessions, daily roll-ups.

All are rebuilt for a whole day at a time (`rollups.py`) and never added to, so the order in which
logs came in changes nothing. They outlive the events that they were made from.
"""

from __future__ import annotations

from django.db import models

from preview.usage.models import UsageSource


class UsageCoverage(models.Model):
    """What one source said about one host on one day.

    `hours` has bit n set for an hour n (of London) with any line, `machine_hours` for one with a
    line of a machine. `complete`: the feed flowed in every working hour. `counting`: this is the
    one source by which the host is counted on this day.
    """

    day = models.DateField()
    source = models.ForeignKey(UsageSource, on_delete=models.CASCADE, related_name="coverage")
    format = models.CharField(max_length=16)
    host = models.CharField(max_length=80)
    hours = models.IntegerField()
    machine_hours = models.IntegerField()
    machine_lines = models.BigIntegerField()
    human_lines = models.BigIntegerField()
    complete = models.BooleanField()
    counting = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "source", "format", "host"], name="usage_coverage_identity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.host} by {self.format}"


class UsageSession(models.Model):
    """A person's requests with no gap of 30 minutes, over all hosts, within a day of London.

    `id` is made from day, actor and start, so a rebuilt session keeps it. `actor` is the person's
    pseudonym or the visitor's; `person` is empty for visitors. `audience`: `end_user`,
    `unknown_human`, `share_recipient`, `training`, `developer` or `bot`; `why` names the evidence.
    `rung` is that of the attribution ladder, 1 (exact) to 5 (unknown). `app` and `kind` are the
    main ones; `activities` counts requests by activity.
    """

    id = models.BigIntegerField(primary_key=True)
    day = models.DateField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    actor = models.CharField(max_length=20)
    person = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    rung = models.SmallIntegerField()
    audience = models.CharField(max_length=24)
    why = models.CharField(max_length=24)
    qualifying = models.BooleanField()
    app = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, blank=True)
    apps = models.JSONField(default=list)
    kinds = models.JSONField(default=list)
    hosts = models.JSONField(default=list)
    activities = models.JSONField(default=dict)
    content_ids = models.JSONField(default=list)
    requests = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["day", "audience", "qualifying"], name="usage_session_day"),
            models.Index(fields=["organisation", "day"], name="usage_session_org"),
            models.Index(fields=["person", "day"], name="usage_session_person"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.audience} {self.app}"


class UsageDay(models.Model):
    """Sessions of a day by their main app and kind; every session is in exactly one row.

    So sums of `sessions` and `requests` over any rows are right. `people` is distinct within its
    row only: for a span of days, count distinct `UsageSession.person`.
    """

    day = models.DateField()
    organisation = models.CharField(max_length=120)
    audience = models.CharField(max_length=24)
    app = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    qualifying = models.BooleanField()
    identified = models.BooleanField()
    sessions = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    requests = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="usage_day_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.organisation} {self.app}: {self.sessions}"


class UsageActivityDay(models.Model):
    """Requests of a day by activity; `sessions` counts those with any such request.

    A session is in as many rows as it has activities, so `sessions` must not be summed.
    """

    day = models.DateField()
    organisation = models.CharField(max_length=120)
    audience = models.CharField(max_length=24)
    app = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    activity = models.CharField(max_length=40)
    sessions = models.PositiveIntegerField()
    requests = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"], name="usage_activity_day_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.activity}: {self.requests}"
