"""What an opened share link shows: one query, because every shared page asks it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.utils import timezone

from preview.access import Guest, Limits, Role, Sensitivity
from preview.drafts.models import BypassId, Draft
from preview.packs.models import Audience, PackDraft
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.sharing.models import Grant, ShareLink
from preview.sharing.prepared import PreparedQuery


@dataclass(frozen=True)
class ShownPage:
    """Who looks, the limits of the pack's drafts, and the page: `sha256` None when there is none.

    `recipient` is who the browser belongs to, as far as that is known; `watermark` says that the
    page shows it.
    """

    guest: Guest
    limits: tuple[Limits, ...]
    pack_id: uuid.UUID
    draft_id: uuid.UUID | None
    version: int | None
    sha256: str | None
    rendered: bool
    recipient: str
    recipient_id: int | None
    watermark: bool


def shown_page(*, link_id: uuid.UUID, session: str, path: str) -> ShownPage | None:
    """Return what the link shows at `path` in this guest session; None where it was not opened.

    Follows the newest ready version, or the pinned ones; a version that failed or is still being
    rendered leaves the one before it in view. `rendered` False says that nothing is ready.
    """
    row = SHOWN.first(link_id=link_id, session=session, path=path)
    return None if row is None else Row(*row).shown()


class Row(NamedTuple):
    """A row of the query, in the order of its columns."""

    pack_id: uuid.UUID
    created_at: datetime
    opens_at: datetime | None
    expires_at: datetime
    ended_reason: str
    needs_approval: bool
    approved_at: datetime | None
    covers_limited: bool
    role: str
    grant_expires_at: datetime | None
    recipient_id: int | None
    recipient: str | None
    removed_at: datetime | None
    any_open: bool
    any_unlimited: bool
    any_published: bool
    limits_changed: bool
    sensitive: bool
    market_sensitive: bool
    bypass_gone: bool
    rendered: bool
    draft_id: uuid.UUID | None
    version: int | None
    sha256: str | None

    def shown(self) -> ShownPage:
        """Return it as what the access policy and the page need."""
        guest = Guest(
            expires_at=self.expires_at,
            opened=self.grant_expires_at is None or self.grant_expires_at > timezone.now(),
            ended=self.ended(),
            opens_at=self.opens_at,
            approved=not self.needs_approval or self.approved_at is not None,
            agreed=self.approved_at is not None,
            covers_limited=self.covers_limited,
            role=Role(self.role),
        )
        return ShownPage(
            guest=guest,
            limits=self.limits(),
            pack_id=self.pack_id,
            draft_id=self.draft_id,
            version=self.version,
            sha256=self.sha256,
            rendered=self.rendered,
            recipient=self.recipient or "",
            recipient_id=self.recipient_id,
            watermark=self.market_sensitive,
        )

    def ended(self) -> str:
        """Return why it ended before its time, "" where it has not."""
        if self.ended_reason:
            return self.ended_reason
        if self.bypass_gone:
            return "revoked"
        return "removed" if self.removed_at else ""

    def limits(self) -> tuple[Limits, ...]:
        """Return limits that stand for those of all drafts: to the policy they are the same."""
        sensitivity = Sensitivity.LIMITED if self.sensitive else Sensitivity.NORMAL
        if self.market_sensitive:
            sensitivity = Sensitivity.MARKET_SENSITIVE
        return (
            Limits(
                limited=not self.any_unlimited,
                draft_open=self.any_open,
                published=self.any_published,
                limits_changed=self.limits_changed,
                sensitivity=sensitivity,
            ),
        )


def members() -> QuerySet[PackDraft]:
    """Return the drafts that the link's pack shows."""
    waiting = Q(needs_consent=True, consented_at=None)
    return PackDraft.objects.filter(pack=OuterRef("link__pack")).exclude(waiting)


def bypass_gone() -> Case:
    """Say whether the link stands for older links with an id that the draft no longer has."""
    kept = BypassId.objects.filter(
        draft__own_pack=OuterRef("link__pack"), value=OuterRef("link__bypass_id")
    )
    return Case(
        When(link__bypass_id=None, then=Value(False)),
        default=~Exists(kept),
        output_field=BooleanField(),
    )


COVERS = ExpressionWrapper(OuterRef("link__covers_limited"), output_field=BooleanField())
SEEN = Q(audience=Audience.OPEN) | Q(covers=True)


def followed(path: str) -> QuerySet[PackPage]:
    """Return what the pack shows at a path now, with its limited drafts where the link has them."""
    shown = PackPage.objects.filter(pack=OuterRef("link__pack"), path=path)
    return shown.annotate(covers=COVERS).filter(SEEN).order_by("audience")  # `full` before `open`


def pinned(path: str) -> QuerySet[RenderedPage]:
    """Return what a pinned link shows: its versions, and live pages as they were at its making.

    A draft that ended, or that the pack shows no more, is gone from pinned links too.
    """
    counts = Q(version__draft__memberships__needs_consent=False) | Q(
        version__draft__memberships__consented_at__isnull=False
    )
    pin = ShareLink.pinned_versions.through.objects.filter(
        counts,
        sharelink=OuterRef(OuterRef("link")),
        version=OuterRef("rendering__version"),
        version__draft__state=Draft.State.OPEN,
        version__draft__memberships__pack=OuterRef("rendering__pack"),
    )
    back_then = Q(rendering__version=None, rendering__queued_at__lte=OuterRef("link__created_at"))
    shown = RenderedPage.objects.filter(path=path, rendering__pack=OuterRef("link__pack"))
    return (
        shown.filter(Exists(pin) | back_then, rendering__state=Rendering.State.READY)
        .annotate(covers=COVERS, audience=F("rendering__audience"))
        .filter(SEEN)
        .order_by("audience", "-rendering__generation")
    )


def query(*, link_id: uuid.UUID, session: str, path: str) -> QuerySet[Grant, Any]:
    """Return the grant with what it shows, in the order of `Row`."""
    opened = members().filter(draft__state=Draft.State.OPEN)
    changed = Q(draft__limits_changed_at__gt=OuterRef("link__created_at"))
    page = Case(
        When(link__pinned=True, then=Subquery(pinned(path).values("pk")[:1])),
        default=Subquery(followed(path).values("page")[:1]),
        output_field=BigIntegerField(),
    )
    found = RenderedPage.objects.filter(pk=OuterRef("page"))
    return (
        Grant.objects.filter(session_id=session, link_id=link_id)
        .annotate(page=page)
        .values_list(
            "link__pack",
            "link__created_at",
            "link__opens_at",
            "link__expires_at",
            "link__ended_reason",
            "link__needs_approval",
            "link__approved_at",
            "link__covers_limited",
            "link__role",
            "expires_at",
            "recipient",
            "recipient__email",
            "recipient__removed_at",
            Exists(opened),
            Exists(opened.filter(draft__limited=False)),
            Exists(members().filter(draft__state=Draft.State.PUBLISHED)),
            Exists(members().filter(changed)),
            Exists(opened.exclude(draft__sensitivity=Sensitivity.NORMAL)),
            Exists(opened.filter(draft__sensitivity=Sensitivity.MARKET_SENSITIVE)),
            bypass_gone(),
            Exists(PackPage.objects.filter(pack=OuterRef("link__pack"))),
            Subquery(found.values("rendering__version__draft")[:1], output_field=UUIDField()),
            Subquery(found.values("rendering__version__number")[:1]),
            Subquery(found.values("sha256")[:1]),
        )
    )


SHOWN = PreparedQuery(query, link_id=uuid.UUID(int=2**127 - 1), session="session", path="path")
