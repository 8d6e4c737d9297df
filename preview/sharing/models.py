"""Tables of share links, of those they are for, and of the browsers that opened them."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from preview.access import Guest, Limits, Role
from preview.drafts.models import Version
from preview.packs.models import Pack

# When a link was over, or will be; see `ShareLink.over_at`.
OVER_AT = Coalesce("ended_at", "expires_at")


def living_at(now: datetime, way: str = "") -> models.Q:
    """Return the condition that a link has not ended; the same rule as `ShareLink.live`.

    `way` leads to the link, as `link__` does from a recipient.
    """
    return models.Q(**{f"{way}ended_at": None, f"{way}expires_at__gt": now})


class ShareLink(models.Model):
    """A permission for somebody without an account to see a pack.

    Follows the latest versions, or shows `pinned_versions` only (`pinned`). `purpose` is shown to
    the recipient, `label` and `reason` (why limited drafts are shared) are not. `opens_at` starts a
    window. A link of a market-sensitive draft counts once a second person has approved it, who is
    not `asked_by`: whoever changed the link since it was made.
    `bypass_id` marks what stands for the older signed links of a draft: it has no address of its
    own, and lives as long as the draft has that id.
    """

    class Kind(models.TextChoices):
        """How somebody proves to be the one that the link is for."""

        NAMED = "named", "Named people"
        PASSPHRASE = "passphrase", "People with the passphrase"
        ANYONE = "anyone", "Anyone with the link"

    class End(models.TextChoices):
        """Why a link ended before its time."""

        REVOKED = "revoked"
        OWNER_DISABLED = "owner_disabled"
        LIMITS_CHANGED = "limits_changed"
        PUBLISHED = "published"
        DRAFT_CLOSED = "draft_closed"
        RULES_CHANGED = "rules_changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="share_links")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.NAMED)
    role = models.CharField(
        max_length=16,
        choices=[(one.value, one.name.capitalize()) for one in Role],
        default=Role.VIEW,
    )
    label = models.CharField(max_length=120, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    opens_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    pinned = models.BooleanField(default=False)
    bypass_id = models.UUIDField(null=True, blank=True)
    pinned_versions = models.ManyToManyField(Version, blank=True, related_name="+")
    covers_limited = models.BooleanField(default=False)
    most_people = models.PositiveIntegerField(null=True, blank=True)
    passphrase_digest = models.CharField(max_length=255, blank=True)
    passphrase_tries = models.PositiveIntegerField(default=0)
    needs_approval = models.BooleanField(default=False)
    asked_by = models.CharField(max_length=120, blank=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=120, blank=True)
    ended_reason = models.CharField(max_length=16, choices=End.choices, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    check_failure = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["pack", "-created_at"], name="share_links_of_pack"),
            models.Index(fields=["created_by", "-created_at"], name="share_links_of_maker"),
            models.Index(fields=["-created_at", "-id"], name="share_links_newest"),
            models.Index(
                fields=["-created_at", "-id", "expires_at"],
                condition=models.Q(ended_at=None),
                name="share_links_not_ended",
            ),
            models.Index(OVER_AT.desc(), models.F("id").desc(), name="share_links_by_over"),
            models.Index(fields=["kind", "-created_at", "-id"], name="share_links_of_kind"),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(ended_at=None),
                name="share_links_by_end",
            ),
            models.Index(
                fields=["-created_at"],
                condition=models.Q(needs_approval=True, approved_at=None, ended_at=None),
                name="share_links_to_approve",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pack", "bypass_id"], name="one_link_for_a_bypass_id")
        ]

    def __str__(self) -> str:
        return self.label or f"Share link {self.id}"

    @property
    def approved(self) -> bool:
        """Say whether nobody's agreement is waited for."""
        return not self.needs_approval or self.approved_at is not None

    @property
    def alive(self) -> bool:
        """Say whether the link itself still opens; its drafts may have ended all the same."""
        return self.ended_at is None and self.expires_at > timezone.now()

    @property
    def over_at(self) -> datetime:
        """Return when it was over, or will be: when it was ended, else when its time is up."""
        return self.ended_at or self.expires_at

    def limits(self) -> tuple[Limits, ...]:
        """Return what the access policy needs to know of the pack's drafts, for this link."""
        return self.pack.access_limits(self.created_at, self.approved_at)

    def guest(self, *, opened: bool) -> Guest:
        """Return the viewer that this link makes of somebody, for the access policy."""
        return Guest(
            expires_at=self.expires_at,
            opened=opened,
            ended=self.ended_reason if self.ended_at else "",
            opens_at=self.opens_at,
            approved=self.approved,
            agreed=self.approved_at is not None,
            covers_limited=self.covers_limited,
            role=Role(self.role),
        )


class LinkAddress(models.Model):
    """An address of a link: the SHA-256 of its token's secret. Extending a link adds one."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="addresses")
    secret_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Address of {self.link}"


class Recipient(models.Model):
    """Somebody that a link of kind `named` is for; `email` is in lower case."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    added_by = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "email"], name="recipient_once")]
        indexes = [models.Index(fields=["email"], name="recipients_by_email")]

    def __str__(self) -> str:
        return self.name or self.email


class OneTimeCode(models.Model):
    """A code that was sent to a recipient; its digits are worked out from `id`, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="codes")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "-created_at"], name="codes_of_recipient")]

    def __str__(self) -> str:
        return f"Code for {self.recipient}"


class GuestSession(models.Model):
    """A browser that confirmed one or more links; the cookie's SHA-256 is its key."""

    digest = models.CharField(primary_key=True, max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Guest session of {self.created_at:%Y-%m-%d %H:%M}"


class Grant(models.Model):
    """A link that was confirmed in a guest session, by whom where that is known."""

    session = models.ForeignKey(GuestSession, on_delete=models.CASCADE, related_name="grants")
    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="grants")
    recipient = models.ForeignKey(
        Recipient, null=True, blank=True, on_delete=models.CASCADE, related_name="grants"
    )
    confirmed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    guest_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "link"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.link} opened {self.confirmed_at:%Y-%m-%d %H:%M}"


class LinkRequest(models.Model):
    """Somebody who asks for a new link because theirs has ended; `outcome` is the answer."""

    class Outcome(models.TextChoices):
        """What the owner decided."""

        SENT = "sent"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="requests")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=16, choices=Outcome.choices, blank=True)

    class Meta:
        indexes = [models.Index(fields=["link", "-created_at"], name="requests_for_link")]

    def __str__(self) -> str:
        return f"{self.email} asks for a new link"
