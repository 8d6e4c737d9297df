"""Tables of fact checks: requests, who checks, the facts, verdicts, and replies by e-mail."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from preview.drafts.models import Draft, Version
from preview.packs.models import Audience, Pack
from preview.sharing.models import ShareLink


class Answer(models.TextChoices):
    """What somebody says of the whole page."""

    RIGHT = "right", "The facts I know about are right"
    WRONG = "wrong", "Something is wrong"
    NOT_ME = "not_me", "I am not the right person to check this"
    EMAIL = "email", "Answered by email"


class Verdict(models.TextChoices):
    """What somebody says of one fact."""

    RIGHT = "right", "Right"
    WRONG = "wrong", "Wrong"
    NOT_MINE = "not_mine", "I can\u2019t say"


class FactCheck(models.Model):
    """A request to check `version` by `respond_by`; its people open it by `link`.

    `audience` is that of the page which its facts are from. `source_app` and `source_id` name the
    request in another app that asked for it, with what that app sent in `source`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="fact_checks")
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="fact_checks")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.FULL)
    link = models.ForeignKey(
        ShareLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="fact_checks"
    )
    what = models.TextField(blank=True)
    respond_by = models.DateTimeField()
    asked_by = models.CharField(max_length=120)
    asked_by_name = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    source_app = models.CharField(max_length=64, blank=True)
    source_id = models.CharField(max_length=64, blank=True)
    source = models.JSONField(default=dict)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["respond_by"], condition=models.Q(closed_at=None), name="fact_checks_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_app", "source_id"],
                condition=~models.Q(source_id=""),
                name="fact_check_of_source_once",
            )
        ]

    def __str__(self) -> str:
        return f"Fact check {self.id}"


class Checker(models.Model):
    """Somebody who was asked; `bounced` says why the e-mail did not reach them."""

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="checkers")
    email = models.EmailField(max_length=254)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    bounced = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["fact_check", "email"], name="checker_once")]

    def __str__(self) -> str:
        return self.email


class CheckedFact(models.Model):
    """A fact of the version, as `preview.facts` found it; `given_to` is whose it is, if anybody's.

    `carried` is the last verdict of an earlier check in which fact and sentence were the same.
    """

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="facts")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    text = models.TextField()
    sentence = models.TextField()
    block = models.CharField(max_length=600, blank=True)
    key = models.CharField(max_length=32)
    given_to = models.ForeignKey(
        Checker, on_delete=models.SET_NULL, null=True, blank=True, related_name="facts"
    )
    carried = models.CharField(max_length=8, choices=Verdict.choices, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["fact_check", "key"], name="fact_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.text[:60]}"


class FactVerdict(models.Model):
    """What one person says of one fact; saying it again replaces it."""

    fact = models.ForeignKey(CheckedFact, on_delete=models.CASCADE, related_name="verdicts")
    checker = models.ForeignKey(Checker, on_delete=models.CASCADE, related_name="verdicts")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    correction = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "checker"], name="verdict_once")]

    def __str__(self) -> str:
        return f"{self.verdict} ({self.checker_id})"


class Reply(models.Model):
    """An e-mail that came in: what it says itself in `said`, all of it in `raw`.

    `message_id` makes receiving it twice harmless. One that belongs to no fact check has none.
    """

    class Kind(models.TextChoices):
        """What an e-mail is."""

        ANSWER = "answer", "Answer"
        AUTOMATIC = "automatic", "Automatic reply"
        BOUNCE = "bounce", "Not delivered"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    message_id = models.CharField(max_length=255, unique=True)
    fact_check = models.ForeignKey(
        FactCheck, on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    checker = models.ForeignKey(
        Checker, on_delete=models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sender = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    said = models.TextField(blank=True)
    raw = models.BinaryField()
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id[:60]}"
