"""What an opened share link shows: one query, because every shared page asks it.

Who looks, the facts of the pack's drafts as one sum, and the page at the path as one JSON object:
each is read once, which takes a database less time to plan and to answer than a query for each.
Only a link with pinned versions asks a second query, for its page, and a pack that lost drafts.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    IntegerField,
    JSONField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import JSONObject
from django.utils import timezone

from preview.access import Guest, Limits, Role, Sensitivity
from preview.audit.actions import COLUMNS
from preview.audit.models import Entry
from preview.drafts.models import BypassId, Draft
from preview.packs.models import Audience, Departure, PackDraft, counting
from preview.rendering.models import PackPage, RenderedPage
from preview.sharing.drivers import Insert, Said
from preview.sharing.models import Grant
from preview.sharing.pages import Page, page_without_the_gone, pages_now, pinned_pages
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


class Sight(NamedTuple):
    """What a link shows; `said` is the one row that it follows from, None where it needed more.

    From `until` on, the same row says that the browser must prove again who uses it.
    """

    page: ShownPage
    said: Said | None
    until: datetime | None


def shown_page(*, link_id: uuid.UUID, session: str, path: str) -> ShownPage | None:
    """Return what the link shows at `path` in this guest session; None where it was not opened."""
    sight = find_page(link_id=link_id, session=session, path=path)
    return sight.page if sight else None


def find_page(*, link_id: uuid.UUID, session: str, path: str) -> Sight | None:
    """Return what the link shows at `path` in this guest session; None where it was not opened.

    Follows the newest ready version, or the pinned ones; a version that failed or is still being
    rendered leaves the one before it in view. `rendered` False says that nothing is ready.
    """
    found = GRANT.found(link_id=link_id, session=session, path=path)
    if found is None:
        return None
    grant = Row(*found.row)
    page, made_again_soon = page_of(grant, link_id, path), False
    lost_some = grant.departed or grant.has(DISCARDED)
    if page.sha256 is not None and lost_some:
        page = page_without_the_gone(
            pinned_pages(link_id, grant.pack_id, grant.created_at, path, grant.covers_limited)
            if grant.pinned
            else pages_now(grant.pack_id, path, grant.covers_limited),
            grant.pack_id,
        )
        made_again_soon = page.sha256 is None and not grant.pinned
    rendered = page.sha256 is not None or (not made_again_soon and any_page(grant.pack_id))
    in_one_row = page.sha256 is not None and not (grant.pinned or lost_some)
    return Sight(
        grant.shown(page, rendered=rendered),
        found.said if in_one_row else None,
        grant.grant_expires_at,
    )


def page_of(grant: Row, link_id: uuid.UUID, path: str) -> Page:
    """Return the page that the link shows: the newest, or that of its pinned versions."""
    if not grant.pinned:
        return page_from(grant.newest)
    row = PINNED[grant.covers_limited].first(
        link_id=link_id, pack_id=grant.pack_id, made_at=grant.created_at, path=path
    )
    return Page(*row) if row else Page()


def page_from(found: dict[str, Any] | None) -> Page:
    """Return a page from the JSON object that `newest` makes; a live page has no draft."""
    if found is None:
        return Page()
    draft = found["draft"]
    return Page(uuid.UUID(draft) if draft else None, found["number"], found["sha256"])


def any_page(pack_id: uuid.UUID) -> bool:
    """Say whether anything of the pack is ready; asked only where a page is not."""
    return PackPage.objects.filter(pack=pack_id).exists()


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
    pinned: bool
    bypass_gone: bool
    departed: bool
    facts: int | None
    newest: dict[str, Any] | None

    def has(self, fact: int) -> bool:
        """Say whether a fact of `FACTS` holds for one of the pack's drafts."""
        return bool((self.facts or 0) & fact)

    def shown(self, page: Page, *, rendered: bool) -> ShownPage:
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
            draft_id=page.draft_id,
            version=page.version,
            sha256=page.sha256,
            rendered=rendered,
            recipient=self.recipient or "",
            recipient_id=self.recipient_id,
            watermark=self.has(MARKET_SENSITIVE),
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
        sensitivity = Sensitivity.LIMITED if self.has(SENSITIVE) else Sensitivity.NORMAL
        if self.has(MARKET_SENSITIVE):
            sensitivity = Sensitivity.MARKET_SENSITIVE
        return (
            Limits(
                limited=not self.has(UNLIMITED),
                draft_open=self.has(OPEN),
                published=self.has(PUBLISHED),
                limits_changed=self.has(LIMITS_CHANGED),
                sensitivity=sensitivity,
                not_agreed_to=self.has(NOT_AGREED_TO),
            ),
        )


OPEN, UNLIMITED, PUBLISHED, LIMITS_CHANGED, SENSITIVE, MARKET_SENSITIVE = 1, 2, 4, 8, 16, 32
NOT_AGREED_TO, DISCARDED = 64, 128
OPENED = Q(draft__state=Draft.State.OPEN)
AGREED_AT = OuterRef("link__approved_at")
LATE = Q(added_at__gt=AGREED_AT) | Q(consented_at__gt=AGREED_AT)
LINK_MADE = OuterRef("link__created_at")
FACTS = {
    OPEN: OPENED & (Q(draft__reopened_at=None) | Q(draft__reopened_at__lte=LINK_MADE)),
    UNLIMITED: OPENED & Q(draft__limited=False),
    PUBLISHED: Q(draft__state=Draft.State.PUBLISHED),
    LIMITS_CHANGED: Q(draft__limits_changed_at__gt=LINK_MADE),
    SENSITIVE: OPENED & ~Q(draft__sensitivity=Sensitivity.NORMAL),
    MARKET_SENSITIVE: OPENED & Q(draft__sensitivity=Sensitivity.MARKET_SENSITIVE),
    DISCARDED: Q(draft__state=Draft.State.DISCARDED),
    NOT_AGREED_TO: OPENED & LATE & Q(draft__sensitivity=Sensitivity.MARKET_SENSITIVE),
}


def facts() -> Subquery:
    """Return the facts that hold for one of the drafts that the pack shows, as a sum of `FACTS`."""
    members = PackDraft.objects.filter(counting(), pack=OuterRef("link__pack"))
    bits = [
        Max(Case(When(condition, then=Value(fact)), default=Value(0), output_field=IntegerField()))
        for fact, condition in FACTS.items()
    ]
    found = members.order_by().values("pack").annotate(facts=sum(bits[1:], bits[0]))
    return Subquery(found.values("facts"), output_field=IntegerField())


def bypass_gone() -> Case:
    """Say whether the link stands for older links with an id that the draft no longer has."""
    kept = BypassId.objects.filter(
        draft__own_pack=OuterRef("link__pack"), value=OuterRef("link__bypass_id"), spent=False
    )
    return Case(
        When(link__bypass_id=None, then=Value(False)),
        default=~Exists(kept),
        output_field=BooleanField(),
    )


def newest(path: str) -> Subquery:
    """Return what the pack shows at a path now, with its limited drafts where the link has them."""
    covers = ExpressionWrapper(OuterRef("link__covers_limited"), output_field=BooleanField())
    seen = Q(audience=Audience.OPEN) | Q(covers=True)
    shown = PackPage.objects.filter(pack=OuterRef("link__pack"), path=path)
    found = shown.annotate(covers=covers).filter(seen).order_by("audience")  # `full` before `open`
    page = JSONObject(
        draft="page__rendering__version__draft",
        number="page__rendering__version__number",
        sha256="page__sha256",
    )
    return Subquery(found.values(found=page)[:1], output_field=JSONField())


def grant_query(*, link_id: uuid.UUID, session: str, path: str) -> QuerySet[Grant, Any]:
    """Return the grant, in the order of `Row`."""
    return Grant.objects.filter(session_id=session, link_id=link_id).values_list(
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
        "link__pinned",
        bypass_gone(),
        Exists(Departure.objects.filter(pack=OuterRef("link__pack"))),
        facts(),
        newest(path),
    )


def pinned(
    *, link_id: uuid.UUID, pack_id: uuid.UUID, made_at: datetime, path: str, covers: bool
) -> QuerySet[RenderedPage, Any]:
    """Return the row of what a pinned link shows, for a prepared query."""
    shown = pinned_pages(link_id, pack_id, made_at, path, covers)
    return shown.values_list("rendering__version__draft", "rendering__version__number", "sha256")


A_LINK, A_PACK = uuid.UUID(int=2**127 - 1), uuid.UUID(int=2**126 - 1)
A_TIME = datetime(1999, 12, 31, 23, 59, 59, 999999, UTC)
GRANT = PreparedQuery(
    grant_query, Insert(Entry, COLUMNS), link_id=A_LINK, session="session", path="path"
)
PINNED = {
    covers: PreparedQuery(
        partial(pinned, covers=covers), link_id=A_LINK, pack_id=A_PACK, made_at=A_TIME, path="path"
    )
    for covers in (True, False)
}
