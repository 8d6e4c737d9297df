"""Tables of people, organisations, publisher apps and their tokens.

Source: alphagov/gds-sso user attributes (uid, name, email, organisation_content_id, permissions).
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac


class Organisation(models.Model):
    """A department or agency, known by its content id, and its rules for sharing.

    Links that open for anyone who has them are made only where the organisation allows it. The
    longest a link may last is in days: `sensitive` for drafts that are access-limited or sensitive.
    """

    content_id = models.UUIDField(primary_key=True)
    title = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255, unique=True)
    anyone_links_allowed = models.BooleanField(default=False)
    longest_link_days = models.PositiveSmallIntegerField(default=28)
    longest_anyone_link_days = models.PositiveSmallIntegerField(default=7)
    longest_sensitive_link_days = models.PositiveSmallIntegerField(default=7)

    class Meta:
        indexes = [models.Index(fields=["title", "content_id"], name="organisations_by_title")]

    def __str__(self) -> str:
        return self.title


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their uid."""

    def active(self) -> models.QuerySet[Person]:
        """Return those whose account may be used; the same rule as `Person.is_active`."""
        return self.filter(disabled=False, blocked_at=None)


class Person(AbstractBaseUser):
    """Somebody with a Signon account; `permissions` are those that Signon grants for this app.

    `disabled` is what Signon says. `blocked_at` is since when an admin of this service lets them in
    no more, whatever Signon says.
    """

    uid = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    email = models.EmailField(max_length=254)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    permissions = models.JSONField(default=list, blank=True)
    disabled = models.BooleanField(default=False)
    blocked_at = models.DateTimeField(null=True, blank=True)
    signed_out_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "uid"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]
    objects = PersonManager()

    class Meta:
        indexes = [
            models.Index(fields=["name", "id"], name="people_by_name"),
            models.Index(fields=["organisation", "name", "id"], name="people_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:
        """Say whether the account may be used at all."""
        return not self.disabled and self.blocked_at is None

    @is_active.setter
    def is_active(self, value: bool) -> None:
        self.disabled = not value

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must hold to count: signing out ends all that went before."""
        said = f"{self.uid}|{self.signed_out_at.timestamp() if self.signed_out_at else ''}"
        salt = "preview.accounts.models.Person"
        return str(salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest())

    @property
    def is_staff(self) -> bool:
        """Say whether Django's admin is open to this person."""
        return "admin" in self.permissions

    def has_perm(self, perm: str, obj: object = None) -> bool:  # noqa: ARG002 (Django's signature)
        """Answer Django's admin: all or nothing, by the `admin` permission."""
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:  # noqa: ARG002 (Django's signature)
        """Answer Django's admin: all or nothing, by the `admin` permission."""
        return self.is_active and self.is_staff


class PublisherApp(models.Model):
    """An application that sends drafts, by the name it has in `publishing_app`.

    `signon_uid` is that of its API user in Signon, where it has one.
    """

    name = models.SlugField(max_length=64, unique=True)
    signon_uid = models.CharField(max_length=64, unique=True, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class AppTokenQuerySet(models.QuerySet["AppToken"]):
    """What can be asked of tokens."""

    def living(self) -> AppTokenQuerySet:
        """Keep those that are accepted now."""
        lasts = models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now())
        return self.filter(lasts, revoked_at=None)


class AppToken(models.Model):
    """A bearer token of a publisher app; only the SHA-256 of it is stored.

    `prefix` is how it begins, to tell tokens apart. `last_used_at` is right to the hour.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    app = models.ForeignKey(PublisherApp, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    label = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    prefix = models.CharField(max_length=8, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    objects = AppTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.app} token {self.label or self.id}"

    @property
    def alive(self) -> bool:
        """Say whether it is accepted now."""
        lasts = self.expires_at is None or self.expires_at > timezone.now()
        return lasts and self.revoked_at is None
