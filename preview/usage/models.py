"""The tables of integration usage.

Three layers, each made from the one above:

* **What came in**: `UsageSource`, `UsageSourceKey`, `UsageObject` (one file, S3 object or batch).
  Facts belong to their object: `UsageEvent` (one request of a person), `UsageTally` (all requests,
  counted), `UsageGrant`, `UsageWrite`, `UsageReject`. Only objects whose state is `done` count.
* **What is known**: `UsageRules`, `UsageKey`, `UsagePerson`, `UsageTrainingWindow`.
* **What follows** (`results.py`), rebuilt for a whole day at a time: `UsageCoverage`,
  `UsageSession`, `UsageDay`, `UsageActivityDay`. `UsageDate` says which days are due.

Hosts are called by their short names. Organisations are content ids where known, else slugs, else
empty. People are pseudonyms (`p…`), visitors too (`v…`). Nothing here names anybody.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone


class UsageRules(models.Model):
    """One edition of the rules, as a whole; the newest active one applies to lines read now."""

    version = models.PositiveIntegerField(primary_key=True)
    document = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    author = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    active = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="usage_one_active_rules"
            )
        ]

    def __str__(self) -> str:
        return f"rules {self.version}"


class UsageKey(models.Model):
    """A key of pseudonyms: `person`, or `visitor:<day>`; destroyed keys keep their row, empty."""

    name = models.CharField(max_length=40, primary_key=True)
    secret = models.BinaryField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class UsageSource(models.Model):
    """Where logs come from. `expected_interval` in seconds: silent for twice as long is an alert.

    `pull_url` (`s3://bucket/prefix/{yyyy}/{mm}/{dd}/`) is asked by the clock. `networks` limits who
    may send. `locked_until` is the lease of the one who pulls.
    """

    slug = models.SlugField(max_length=64, unique=True)
    title = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=24, blank=True)
    app = models.CharField(max_length=80, blank=True)
    pull_url = models.CharField(max_length=500, blank=True)
    networks = models.JSONField(default=list, blank=True)
    expected_interval = models.PositiveIntegerField(default=3600)
    created_at = models.DateTimeField(default=timezone.now)
    locked_until = models.DateTimeField(null=True, blank=True)
    pulled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.slug


class UsageSourceKey(models.Model):
    """A bearer key of a source, hashed; at most two are active, so that one can replace another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    source = models.ForeignKey(UsageSource, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.source} key {self.label or self.id}"


class UsageObject(models.Model):
    """One file, S3 object or batch: the same source, key and fingerprint is the same object.

    `offset` is how far it was read: plain bytes, or blocks of a batch. `first_at` and `last_at` are
    milliseconds. `causes` counts the rejected lines by cause.
    """

    class State(models.TextChoices):
        STARTED = "started"
        RECEIVED = "received"
        DONE = "done"

    source = models.ForeignKey(UsageSource, on_delete=models.PROTECT, related_name="logs")
    key = models.CharField(max_length=700)
    fingerprint = models.CharField(max_length=140)
    size = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    offset = models.BigIntegerField(default=0)
    lines = models.BigIntegerField(default=0)
    kept = models.BigIntegerField(default=0)
    noise = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    causes = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    damage = models.CharField(max_length=12, blank=True)
    spool = models.CharField(max_length=200, blank=True)
    first_at = models.BigIntegerField(null=True)
    last_at = models.BigIntegerField(null=True)
    rules_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key", "fingerprint"], name="usage_object_identity"
            )
        ]
        indexes = [models.Index(fields=["state"], name="usage_object_state")]

    def __str__(self) -> str:
        return self.key


class FactQuerySet(models.QuerySet[Any]):
    """Facts of objects."""

    def of_day(self, day: str) -> FactQuerySet:
        """Return the facts of a day (ISO) that count: those of objects that are done."""
        unfinished = UsageObject.objects.exclude(state=UsageObject.State.DONE)
        return self.filter(day=day).exclude(object__in=unfinished)


class UsageEvent(models.Model):
    """One request of a person on a host that counts: all that was kept of it.

    `at` in milliseconds since 1970. `key` is equal for copies of one request in one source;
    `request` for the same request in several sources (0: unknown). `told_kind` and `signal` are
    what the application itself said. `actor`, `rung` and `linked_organisation` are derived again
    whenever the day is rebuilt (`linking.py`).
    """

    object = models.ForeignKey(UsageObject, on_delete=models.CASCADE, related_name="events")
    source = models.ForeignKey(UsageSource, on_delete=models.PROTECT, db_index=False)
    format = models.CharField(max_length=16)
    day = models.DateField()
    at = models.BigIntegerField()
    key = models.BigIntegerField()
    request = models.BigIntegerField()
    host = models.CharField(max_length=80)
    app = models.CharField(max_length=80)
    method = models.CharField(max_length=10)
    path = models.CharField(max_length=200)
    marks = models.CharField(max_length=160)
    status = models.SmallIntegerField()
    agent = models.CharField(max_length=40)
    network = models.CharField(max_length=40)
    actor_class = models.CharField(max_length=24)
    activity = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    told_kind = models.CharField(max_length=80)
    signal = models.CharField(max_length=80)
    person = models.CharField(max_length=20)
    visitor = models.CharField(max_length=20)
    organisation = models.CharField(max_length=120)
    subject = models.CharField(max_length=20)
    content_id = models.CharField(max_length=36)
    actor = models.CharField(max_length=20)
    rung = models.SmallIntegerField()
    linked_organisation = models.CharField(max_length=120)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["day"], name="usage_event_day")]

    def __str__(self) -> str:
        return f"{self.method} {self.host}{self.path}"


class UsageTally(models.Model):
    """How many requests of an object had the same features in an hour (of London): all of them."""

    object = models.ForeignKey(UsageObject, on_delete=models.CASCADE, related_name="tallies")
    day = models.DateField()
    hour = models.SmallIntegerField()
    format = models.CharField(max_length=16)
    host = models.CharField(max_length=80)
    actor_class = models.CharField(max_length=24)
    activity = models.CharField(max_length=40)
    agent = models.CharField(max_length=40)
    network = models.CharField(max_length=40)
    marks = models.CharField(max_length=160)
    requests = models.BigIntegerField()

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    *("object", "day", "hour", "format", "host", "actor_class"),
                    *("activity", "agent", "network", "marks"),
                ],
                name="usage_tally_identity",
            )
        ]
        indexes = [models.Index(fields=["day"], name="usage_tally_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.host} {self.actor_class}: {self.requests}"


class UsageReject(models.Model):
    """A line that could not be read: where, why, and its shape without any of its words."""

    object = models.ForeignKey(UsageObject, on_delete=models.CASCADE, related_name="rejects")
    line = models.BigIntegerField()
    cause = models.CharField(max_length=40)
    excerpt = models.CharField(max_length=160)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"line {self.line}: {self.cause}"


class UsageGrant(models.Model):
    """Signon let a person into an application (event 47); `at` in milliseconds."""

    object = models.ForeignKey(UsageObject, on_delete=models.CASCADE, related_name="grants")
    person = models.CharField(max_length=20)
    application = models.CharField(max_length=80)
    day = models.DateField()
    at = models.BigIntegerField()

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["day"], name="usage_grant_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.application}"


class UsageWrite(models.Model):
    """Publishing API took a person's command in the request `request`; `at` in milliseconds."""

    object = models.ForeignKey(UsageObject, on_delete=models.CASCADE, related_name="writes")
    person = models.CharField(max_length=20)
    request = models.BigIntegerField()
    day = models.DateField()
    at = models.BigIntegerField()
    action = models.CharField(max_length=40)
    content_id = models.CharField(max_length=36)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["day"], name="usage_write_day")]

    def __str__(self) -> str:
        return f"{self.person} {self.action}"


class UsagePerson(models.Model):
    """Somebody with an account on integration's Signon, by pseudonym.

    `email_key` is equal in every environment. `category` is `editor`, `trainee`, `developer`,
    `gds_content`, `e2e` or empty; one that an admin set (`category_fixed`) is not overwritten.
    """

    key = models.CharField(max_length=20, primary_key=True)
    email_key = models.CharField(max_length=20, blank=True, db_index=True)
    organisation = models.CharField(max_length=120, blank=True)
    category = models.CharField(max_length=20, blank=True)
    category_fixed = models.BooleanField(default=False)
    suspended = models.BooleanField(default=False)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class UsageTrainingWindow(models.Model):
    """A time in which use by an organisation (empty: all) of apps (none: all) is training."""

    organisation = models.CharField(max_length=120, blank=True)
    apps = models.JSONField(default=list, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    trainer = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="usage_window_order"
            )
        ]

    def __str__(self) -> str:
        return f"training from {self.starts_at}"


class UsageDate(models.Model):
    """A day that lines were read of: `dirty` until rebuilt; `closed` once its events are gone."""

    day = models.DateField(primary_key=True)
    dirty = models.BooleanField(default=True)
    closed = models.BooleanField(default=False)
    rebuilt_at = models.DateTimeField(null=True, blank=True)
    rules_version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.day)
