"""Tables of the stand-alone Publishing API, in its own vocabulary.

Source: alphagov/publishing-api `db/schema.rb` and `app/models/`, for names, states and constraints.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from preview.accounts.models import AppToken

READ_ALL = "drafts:read_all"


class Document(models.Model):
    """A content id in one locale; `stale_lock_version` counts every change of it."""

    content_id = models.UUIDField()
    locale = models.CharField(max_length=16, default="en")
    stale_lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_id", "locale"], name="document_identity")
        ]

    def __str__(self) -> str:
        return f"{self.content_id} ({self.locale})"

    @property
    def draft(self) -> Edition | None:
        """Return the draft edition, if there is one."""
        return self.editions.filter(state=Edition.State.DRAFT).first()

    @property
    def live(self) -> Edition | None:
        """Return the published or unpublished edition, if there is one."""
        return self.editions.filter(content_store=Edition.ContentStore.LIVE).first()


class EditionQuerySet(models.QuerySet["Edition"]):
    """What can be asked of editions."""

    def readable_by(self, token: AppToken) -> EditionQuerySet:
        """Keep what this token may read: what was published, and drafts as the native API has it.

        A token without `drafts:read_all` reads the drafts of its own app; with it also those of
        others, unless they are access-limited.
        """
        own = Q(sent_by=token.app.name) | ~Q(state=Edition.State.DRAFT)
        return self.filter(own | Q(limited=False) if READ_ALL in token.scopes else own)

    def at_path(self, base_path: str, content_store: str) -> EditionQuerySet:
        """Keep what stands at a path of a content store."""
        return self.filter(base_path=base_path, content_store=content_store)


class Edition(models.Model):
    """One version of a document: its content, its state, and which content store shows it.

    A document has one draft and one live edition at most; editions before those are superseded.
    """

    class State(models.TextChoices):
        """Where an edition stands in its life."""

        DRAFT = "draft"
        PUBLISHED = "published"
        UNPUBLISHED = "unpublished"
        SUPERSEDED = "superseded"

    class ContentStore(models.TextChoices):
        """Which content store has it."""

        DRAFT = "draft"
        LIVE = "live"

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="editions")
    state = models.CharField(max_length=16, choices=State.choices, default=State.DRAFT)
    content_store = models.CharField(  # noqa: DJ001 (superseded editions are in none)
        max_length=8, choices=ContentStore.choices, null=True, blank=True
    )
    user_facing_version = models.PositiveIntegerField(default=1)
    base_path = models.CharField(max_length=512, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    title = models.TextField(null=True, blank=True)  # noqa: DJ001 (absent is not "")
    description = models.TextField(null=True, blank=True)  # noqa: DJ001 (absent is not "")
    schema_name = models.CharField(max_length=100)
    document_type = models.CharField(max_length=100)
    details = models.JSONField(default=dict)
    routes = models.JSONField(default=list)
    redirects = models.JSONField(default=list)
    auth_bypass_ids = models.JSONField(default=list)
    access_limited = models.JSONField(default=dict, blank=True)
    limited = models.BooleanField(default=False)
    phase = models.CharField(max_length=16, default="live")
    update_type = models.CharField(max_length=32, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    change_note = models.TextField(null=True, blank=True)  # noqa: DJ001 (absent is not "")
    analytics_identifier = models.CharField(max_length=255, null=True, blank=True)  # noqa: DJ001 (as above)
    publishing_app = models.CharField(max_length=100)
    rendering_app = models.CharField(max_length=100, null=True, blank=True)  # noqa: DJ001 (as above)
    publishing_request_id = models.CharField(max_length=128, blank=True)
    last_edited_by_editor_id = models.UUIDField(null=True, blank=True)
    first_published_at = models.DateTimeField(null=True, blank=True)
    public_updated_at = models.DateTimeField(null=True, blank=True)
    major_published_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    last_edited_at = models.DateTimeField(null=True, blank=True)
    publishing_api_first_published_at = models.DateTimeField(null=True, blank=True)
    publishing_api_last_edited_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    sent_by = models.CharField(max_length=64, blank=True, help_text="Name of the app whose token")
    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "content_store"], name="edition_of_content_store"
            ),
            models.UniqueConstraint(
                fields=["base_path", "content_store"], name="edition_at_base_path"
            ),
        ]
        indexes = [
            models.Index(fields=["updated_at", "id"], name="editions_by_update"),
            models.Index(fields=["document_type", "state"], name="editions_by_type"),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.user_facing_version} {self.state}"

    @property
    def is_draft(self) -> bool:
        """Say whether it is the draft."""
        return self.state == self.State.DRAFT


class Unpublishing(models.Model):
    """How an edition was taken away."""

    class Type(models.TextChoices):
        """What stands in the edition's place; `substitute` is another document at its path."""

        GONE = "gone"
        REDIRECT = "redirect"
        WITHDRAWAL = "withdrawal"
        VANISH = "vanish"
        SUBSTITUTE = "substitute"

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="unpublishing")
    type = models.CharField(max_length=16, choices=Type.choices)
    explanation = models.TextField(null=True, blank=True)  # noqa: DJ001 (absent is not "")
    alternative_path = models.TextField(null=True, blank=True)  # noqa: DJ001 (absent is not "")
    redirects = models.JSONField(null=True, blank=True)
    unpublished_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.edition} {self.type}"


class ContentIdAlias(models.Model):
    """A readable name of a content id, for `{{embed:…}}` codes."""

    name = models.CharField(max_length=255, unique=True)
    content_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return self.name


class LinkSet(models.Model):
    """The links of a content id that have no locale and no draft."""

    content_id = models.UUIDField(unique=True)
    stale_lock_version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"links of {self.content_id}"


class Link(models.Model):
    """One link, of a link set or of an edition."""

    link_set = models.ForeignKey(
        LinkSet, on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, null=True, blank=True, related_name="links"
    )
    link_type = models.CharField(max_length=100)
    target_content_id = models.UUIDField()
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["link_type", "position", "id"]
        indexes = [models.Index(fields=["target_content_id", "link_type"], name="links_to")]
        constraints = [
            models.CheckConstraint(
                condition=Q(link_set__isnull=False) ^ Q(edition__isnull=False),
                name="link_has_one_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.link_type} → {self.target_content_id}"


class LinkChange(models.Model):
    """A link that somebody added to a link set or took out of it."""

    link_type = models.CharField(max_length=100, db_index=True)
    source_content_id = models.UUIDField()
    target_content_id = models.UUIDField()
    change = models.CharField(max_length=8, choices=[("add", "add"), ("remove", "remove")])
    user_uid = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.change} {self.link_type} {self.target_content_id}"


class PathReservation(models.Model):
    """Which publishing app may put content at a path."""

    base_path = models.CharField(max_length=512, unique=True)
    publishing_app = models.CharField(max_length=100)

    def __str__(self) -> str:
        return f"{self.base_path} of {self.publishing_app}"


class EventQuerySet(models.QuerySet["Event"]):
    """What can be asked of events."""

    def readable_by(self, token: AppToken) -> EventQuerySet:
        """Keep what this token may read: content that was sent is read as drafts are."""
        own = Q(sent_by=token.app.name) | ~Q(action="PutContent")
        return self.filter(own | Q(limited=False) if READ_ALL in token.scopes else own)


class Event(models.Model):
    """A command that succeeded, with what was sent; `limited` where that is for some only."""

    action = models.CharField(max_length=64)
    content_id = models.UUIDField(null=True, blank=True, db_index=True)
    payload = models.JSONField(default=dict)
    user_uid = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    request_id = models.CharField(max_length=128, null=True, blank=True)  # noqa: DJ001 (absent is not "")
    sent_by = models.CharField(max_length=64, blank=True, help_text="Name of the app whose token")
    limited = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    objects = EventQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.action} {self.content_id}"


def as_uuid(value: Any) -> uuid.UUID | None:
    """Return a value as a UUID, None where it is none."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None
