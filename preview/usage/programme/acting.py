"""The tables of what is done to move people: campaigns, nudges, brownouts; and of what is told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class UsageCampaign(models.Model):
    """Nudges shown to some organisations in a time, by variants of their text.

    `organisations` is the group that is nudged; `control` is compared with it and sees nothing.
    Without control all others are compared.
    """

    name = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    variants = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    control = models.JSONField(default=list)
    starts = models.DateField()
    ends = models.DateField()

    class Meta:
        ordering = ["-starts", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="usage_campaign_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class UsageNudge(models.Model):
    """Somebody was shown the way to production, or took it.

    `person` is the pseudonym on integration (`p…`), `email_key` the one that is equal in all
    environments (`e…`); each is empty where it is not known. `found`: the preview was there.
    """

    EVENTS: ClassVar = ("shown", "clicked", "dismissed", "answered")

    at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=10)
    campaign = models.CharField(max_length=40, blank=True)
    variant = models.CharField(max_length=40, blank=True)
    person = models.CharField(max_length=20, blank=True)
    email_key = models.CharField(max_length=20, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    app = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=80, blank=True)
    content_id = models.CharField(max_length=36, blank=True)
    found = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="usage_nudge_at"),
            models.Index(fields=["campaign", "event"], name="usage_nudge_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.event}"


class UsageBrownout(models.Model):
    """A time in which an application of integration answers 403 to people, as announced.

    `exempt` names networks and accounts that are let through; the test suite's always are.
    """

    app = models.CharField(max_length=80)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    exempt = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    announced_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "app"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="usage_brownout_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.app} from {self.starts_at}"


class UsageAlert(models.Model):
    """Something in the figures that somebody should look at now; raised once a day at most."""

    rule = models.CharField(max_length=32)
    subject = models.CharField(max_length=160)
    sentence = models.CharField(max_length=400)
    raised_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-raised_at", "-id"]
        indexes = [models.Index(fields=["rule", "subject", "-raised_at"], name="usage_alert_again")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.subject}"


class UsageDigest(models.Model):
    """The weekly letter that was sent for a week, which begins on this Monday."""

    week = models.DateField(primary_key=True)
    sent_at = models.DateTimeField(default=timezone.now)
    recipients = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"digest of {self.week}"
