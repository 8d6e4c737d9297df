"""Tables of packs and of the drafts in them. Every draft has an implicit pack of its own."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import models
from django.utils import timezone

from preview.access import Act, Decision, Limits, Sensitivity, Staff, decide_pack
from preview.drafts.models import Draft


class Audience(models.TextChoices):
    """Whom a page of a pack is made for.

    Where a pack holds access-limited drafts, `full` is the pack for people who may see all of them,
    and `open` is the pack without them: for everybody else they do not exist, also not as a title
    on another page. A pack without limited drafts has an open page only.
    """

    OPEN = "open"
    FULL = "full"


def counting(way: str = "") -> models.Q:
    """Return the condition that a draft in a pack counts: nobody's agreement is waited for.

    `way` leads to the membership, as `memberships__` does from a draft. It belongs into the same
    `filter` as the pack, so that both are about one membership.
    """
    return models.Q(**{f"{way}needs_consent": False}) | models.Q(
        **{f"{way}consented_at__isnull": False}
    )


class Pack(models.Model):
    """A set of drafts shown together over live content.

    `own_draft` marks an implicit pack, which has no name. `as_of` shows the pack at another time
    than now. `owner` is `person:<uid>` or `app:<name>`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    own_draft = models.OneToOneField(
        Draft, on_delete=models.CASCADE, related_name="own_pack", null=True, blank=True
    )
    name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    owner = models.CharField(max_length=120, blank=True)
    organisation_content_id = models.UUIDField(null=True, blank=True)
    as_of = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)
    drafts = models.ManyToManyField(Draft, through="PackDraft", related_name="packs")

    class Meta:
        indexes = [
            models.Index(fields=["owner", "-updated_at"], name="packs_of_owner"),
            models.Index(
                fields=["organisation_content_id"],
                condition=~models.Q(organisation_content_id=None),
                name="packs_of_organisation",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(own_draft__isnull=False) | ~models.Q(name=""),
                name="pack_has_name_or_own_draft",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"Pack of {self.own_draft}"

    def counted(self) -> models.QuerySet[Draft]:
        """Return the drafts that the pack shows: those whose consent is not waited for."""
        members = PackDraft.objects.filter(counting(), pack=self)
        found = Draft.objects.filter(memberships__in=members)
        return found.order_by("memberships__position", "memberships__id")

    def access_limits(
        self, since: datetime | None = None, agreed_at: datetime | None = None
    ) -> tuple[Limits, ...]:
        """Return what `access.decide_pack` needs.

        `since` is when a share link was made, `agreed_at` when a second person agreed to it.
        """
        return self.limits_of(list(self.counted().prefetch_related("limits")), since, agreed_at)

    def limits_of(
        self,
        drafts: Sequence[Draft],
        since: datetime | None = None,
        agreed_at: datetime | None = None,
    ) -> tuple[Limits, ...]:
        """Return `access_limits`, of the drafts that count, which are at hand with their limits."""
        sensitive = [one for one in drafts if one.sensitivity == Sensitivity.MARKET_SENSITIVE]
        late = self.joined_after(agreed_at) if agreed_at and sensitive else frozenset()
        return tuple(
            replace(
                draft.access_limits(since),
                not_agreed_to=draft in sensitive and draft.is_open and draft.pk in late,
            )
            for draft in drafts
        )

    @property
    def secret(self) -> bool:
        """Say whether neither its name nor what was said of it may stand in an e-mail.

        That is so where one draft in it is limited or sensitive, whether it counts yet or not.
        """
        secret = models.Q(draft__limited=True) | ~models.Q(draft__sensitivity=Sensitivity.NORMAL)
        return self.members.filter(secret).exists()

    def gone(self) -> models.QuerySet[Draft]:
        """Return the drafts that the pack showed once and does not show now."""
        discarded = models.Q(memberships__pack=self, state=Draft.State.DISCARDED)
        found = Draft.objects.filter(models.Q(departures__pack=self) | discarded)
        shown = self.counted().order_by().exclude(state=Draft.State.DISCARDED)
        return found.exclude(pk__in=shown.values("pk")).distinct()

    def joined_after(self, when: datetime) -> frozenset[uuid.UUID]:
        """Return the drafts that joined, or were agreed to, after a time."""
        later = models.Q(added_at__gt=when) | models.Q(consented_at__gt=when)
        members = PackDraft.objects.filter(later, pack=self)
        return frozenset(members.values_list("draft_id", flat=True))

    def decide(self, staff: Staff, act: Act) -> Decision:
        """Ask the access policy for a signed-in person."""
        return decide_pack(staff, act, self.access_limits(), timezone.now())


class PackDraft(models.Model):
    """A draft in a pack, in the order of `position`.

    A draft counts only once nothing is waited for: until it is agreed to, `consented_at` is None.
    `waits_for` says who agrees: the draft's owner, to a limited draft that somebody else added; the
    pack's, to a draft that an app added which is not of the pack. `brought_by` is the member whose
    child it is, for one that came with its document and leaves with it.
    """

    class Owner(models.TextChoices):
        """Whose agreement a draft in a pack may need."""

        DRAFT = "draft"
        PACK = "pack"

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="members")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="memberships")
    position = models.PositiveIntegerField(default=0)
    added_by = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    waits_for = models.CharField(max_length=8, choices=Owner.choices, default=Owner.DRAFT)
    needs_consent = models.BooleanField(default=False)
    consented_by = models.CharField(max_length=120, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    brought_by = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="brought", null=True, blank=True
    )

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["pack", "draft"], name="draft_once_in_pack")]

    def __str__(self) -> str:
        return f"{self.draft} in {self.pack}"

    @property
    def waits(self) -> bool:
        """Say whether the owner's consent is waited for; until then the pack shows nothing."""
        return self.needs_consent and self.consented_at is None


class Departure(models.Model):
    """A draft that left a pack: snapshots from before may name it, and are served no more."""

    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="departures")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="departures")
    left_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["pack", "draft"], name="departures_of_pack")]

    def __str__(self) -> str:
        return f"{self.draft_id} left {self.pack_id}"
