"""Tables of notifications: what people want to be told, what they are to be told, the mails."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.accounts.models import Person
from preview.drafts.models import Draft
from preview.packs.models import Pack


class When(models.TextChoices):
    """When somebody is told."""

    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "In a daily email"
    OFF = "off", "Not at all"


class NotificationChoice(models.Model):
    """When a person wants to be told of a kind; without a row the kind's default holds."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=32)
    when = models.CharField(max_length=8, choices=When.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notification_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} hears of {self.kind}: {self.when}"


class NotificationMail(models.Model):
    """An e-mail to a person; `key` says which one it is, so that it is made once.

    `next_at` is when to try (again). What it says is put together at each try, and stored nowhere.
    """

    class State(models.TextChoices):
        """Where it stands; nothing was left to say in an empty one, which was not sent."""

        WAITING = "waiting"
        SENT = "sent"
        EMPTY = "empty"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notification_mails")
    key = models.CharField(max_length=64, unique=True)
    when = models.CharField(max_length=8, choices=When.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    failure = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(state="waiting"),
                name="notification_mails_due",
            ),
            models.Index(fields=["created_at"], name="notification_mails_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class Notification(models.Model):
    """Something that one person is to be told, about a draft or about a named pack.

    `source` names what happened, so that it is noted once. `facts` are names, numbers and ids:
    never a title and never what somebody wrote. `due_at` is when a mail of it is made.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=32)
    source = models.CharField(max_length=120)
    draft = models.ForeignKey(
        Draft, on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    pack = models.ForeignKey(
        Pack, on_delete=models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    facts = models.JSONField(default=dict)
    when = models.CharField(max_length=8, choices=When.choices)
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    mail = models.ForeignKey(
        NotificationMail,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notifications",
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "source"], name="notification_once"),
            models.CheckConstraint(
                condition=models.Q(draft__isnull=False) ^ models.Q(pack__isnull=False),
                name="notification_about_one",
            ),
        ]
        indexes = [
            models.Index(
                fields=["when", "due_at"],
                condition=models.Q(mail=None),
                name="notifications_waiting",
            ),
            models.Index(fields=["created_at"], name="notifications_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person}"
