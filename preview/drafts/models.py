"""Tables of drafts, their versions, and the idempotency keys of those who send them.

Source: alphagov/publishing-api documents and editions, for identity and locale.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from datetime import datetime
from typing import Any

import orjson
from django.db import models
from django.utils import timezone

from preview.access import Act, Decision, Limits, Sensitivity, Staff, decide
from preview.accounts.models import PublisherApp


class DraftQuerySet(models.QuerySet["Draft"]):
    """What can be asked of drafts."""

    def of_app(self, app: PublisherApp) -> DraftQuerySet:
        """Keep those that `app` owns."""
        return self.filter(app=app)

    def open(self) -> DraftQuerySet:
        """Keep those that are not discarded."""
        return self.filter(state=Draft.State.OPEN)

    def visible_to(self, staff: Staff) -> DraftQuerySet:
        """Keep those whose access limits admit `staff`; the same rule as `access.decide`."""
        named = models.Q(user=staff.uid)
        if staff.organisation:  # None would match every limit that names a person
            named |= models.Q(organisation=staff.organisation)
        limits = AccessLimit.objects.filter(named, draft=models.OuterRef("pk"))
        return self.filter(models.Q(limited=False) | models.Exists(limits))

    def matching(self, text: str) -> DraftQuerySet:
        """Keep those with `text` in title or path, or that are the content id `text`."""
        wanted = models.Q(title__icontains=text) | models.Q(base_path__icontains=text)
        with suppress(ValueError):
            wanted |= models.Q(content_id=uuid.UUID(text))
        return self.filter(wanted)


class Draft(models.Model):
    """What a publisher app proposes for one content item: `(content_id, locale, kind)`.

    `title`, `base_path` and the like repeat the newest version, for lists and for access. The
    links of a content item have no language, so a proposal of kind `links` has the locale "".
    `scheduled_at` is when its publisher app will publish it, where it says so. `parent_content_id`
    is the document that an HTML attachment, or another child, names in its link `parent`.
    `lower_to` is what a market-sensitive draft becomes once somebody other than `lower_asked_by`
    agrees; "" where nobody asks.
    `reopened_at` is when a draft that had ended was sent again: older share links stay ended.
    """

    class State(models.TextChoices):
        """A draft is open until it goes live or is discarded; sending it again opens it again."""

        OPEN = "open"
        PUBLISHED = "published"
        DISCARDED = "discarded"

    class Kind(models.TextChoices):
        """What is proposed: new or changed content, other links, or that the page is taken away.

        The proposals for one content item are independent of one another: a tagging app may
        propose links while a department proposes content.
        """

        CONTENT = "content"
        LINKS = "links"
        UNPUBLISHING = "unpublishing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    content_id = models.UUIDField()
    locale = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.CONTENT)
    app = models.ForeignKey(PublisherApp, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(max_length=16, choices=State.choices, default=State.OPEN)
    version_number = models.PositiveIntegerField(default=0)
    title = models.TextField(blank=True)
    base_path = models.CharField(max_length=512, blank=True)
    schema_name = models.CharField(max_length=100)
    document_type = models.CharField(max_length=100)
    known_schema = models.BooleanField(default=True)
    organisation_content_id = models.UUIDField(null=True, blank=True)
    parent_content_id = models.UUIDField(null=True, blank=True, db_index=True)
    limited = models.BooleanField(default=False)
    sensitivity = models.CharField(
        max_length=16,
        choices=[(one.value, one.name.capitalize()) for one in Sensitivity],
        default=Sensitivity.NORMAL,
    )
    lower_to = models.CharField(max_length=16, blank=True)
    lower_asked_by = models.CharField(max_length=120, blank=True)
    lower_asked_at = models.DateTimeField(null=True, blank=True)
    limits_changed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    scheduled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_id", "locale", "kind"], name="draft_identity")
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="draft_recent"),
            models.Index(fields=["app", "-updated_at", "-id"], name="draft_recent_of_app"),
            models.Index(fields=["base_path"], name="draft_base_path"),
            models.Index(fields=["state", "-updated_at", "-id"], name="draft_recent_of_state"),
            models.Index(
                fields=["organisation_content_id", "state", "-updated_at", "-id"],
                name="draft_recent_of_organisation",
            ),
            models.Index(
                fields=["document_type", "state", "-updated_at", "-id"],
                name="draft_recent_of_type",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.content_id} ({self.locale})"

    @property
    def is_open(self) -> bool:
        """Say whether it is neither published nor discarded."""
        return self.state == self.State.OPEN

    @property
    def secret(self) -> bool:
        """Say whether neither its title nor what was said of it may stand in an e-mail."""
        return self.limited or self.sensitivity != Sensitivity.NORMAL

    def access_limits(self, since: datetime | None = None) -> Limits:
        """Return what `access.decide` needs; `since` is when a share link was made."""
        rows = list(self.limits.all()) if self.limited else []
        organisation = self.organisation_content_id
        changed = bool(since and self.limits_changed_at and self.limits_changed_at > since)
        again = bool(since and self.reopened_at and self.reopened_at > since)
        return Limits(
            limited=self.limited,
            users=frozenset(row.user for row in rows if row.user),
            organisations=frozenset(row.organisation for row in rows if row.organisation),
            draft_open=self.state == self.State.OPEN,
            published=self.state == self.State.PUBLISHED,
            limits_changed=changed,
            sensitivity=Sensitivity(self.sensitivity),
            organisation=str(organisation) if organisation else None,
            sent_again=again,
        )

    def decide(self, staff: Staff, act: Act) -> Decision:
        """Ask the access policy for a signed-in person."""
        return decide(staff, act, self.access_limits(), timezone.now())


class BypassId(models.Model):
    """One of a draft's `auth_bypass_ids`: who has a signed link with it may see the draft.

    One that the draft had when it was published or discarded is `spent`: it opens nothing that is
    sent later, even where the app sends the same id again.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="bypass_ids")
    value = models.UUIDField(db_index=True)
    spent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "value"], name="bypass_id_once")]

    def __str__(self) -> str:
        return f"Bypass id of {self.draft}"


class AccessLimit(models.Model):
    """One name in a draft's `access_limited`: a Signon uid or an organisation's content id."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="limits")
    user = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    organisation = models.CharField(max_length=36, null=True, blank=True)  # noqa: DJ001 (absent is not "")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) ^ models.Q(organisation__isnull=False),
                name="access_limit_names_one",
            )
        ]
        indexes = [models.Index(fields=["user"], name="access_limits_of_person")]

    def __str__(self) -> str:
        return f"{self.draft_id} only for {self.user or self.organisation}"


class Version(models.Model):
    """One immutable submission of a draft; `payload` is canonical JSON, `sha256` its digest."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    payload = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="version_number")]
        indexes = [
            models.Index(
                fields=["submitted_by", "draft"],
                condition=~models.Q(submitted_by=""),
                name="versions_of_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a version that is stored never changes."""
        if self.pk is not None:
            raise TypeError("A version is immutable.")
        super().save(*args, **kwargs)

    def content(self) -> dict[str, Any]:
        """Return the payload, parsed."""
        content: dict[str, Any] = orjson.loads(bytes(self.payload))
        return content


class IdempotencyKey(models.Model):
    """What a request with an `Idempotency-Key` was answered, for 24 hours."""

    app = models.ForeignKey(PublisherApp, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    version = models.ForeignKey(Version, on_delete=models.CASCADE)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "key"], name="idempotency_key")]

    def __str__(self) -> str:
        return f"{self.app_id} {self.key}"
