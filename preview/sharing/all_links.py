"""All share links of the service: parts of the list, one by its address, ending many."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import DatabaseError
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from preview.accounts.models import Person
from preview.errors import InvalidToken
from preview.sharing import tokens
from preview.sharing.actions import revoke_share_link
from preview.sharing.models import OVER_AT, ShareLink, living_at
from preview.sharing.risks import RISKS, of_organisation

A_PAGE = 25
MOST_AT_ONCE = 500
MOST_OWNERS = 50
A_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

STATES = {"live": "Live", "waiting": "Wait for approval", "ended": "Ended or expired"}


def state_is(state: str, now: datetime) -> Q:
    """Return the condition for links in a state; no condition for a state that is none."""
    live = living_at(now)
    waiting = Q(needs_approval=True, approved_at=None)
    over = Q(at__lte=now)
    return {"live": live, "waiting": live & waiting, "ended": over}.get(state, Q())


@dataclass(frozen=True)
class Filters:
    """Which links are wanted; what is empty does not narrow the list."""

    state: str = "live"
    risk: str = ""
    organisation: uuid.UUID | None = None
    owner: str = ""
    older: str = ""

    def links(self, now: datetime) -> QuerySet[ShareLink]:
        """Return the links by their time `at`, latest first: of their end, or of being made.

        Links that stand for older ones have no address. Each order has an index, so that a page
        costs the same however many links there are.
        """
        at = OVER_AT if self.state == "ended" else F("created_at")
        found = ShareLink.objects.alias(at=at).filter(state_is(self.state, now))
        if self.risk in RISKS:
            found = found.filter(RISKS[self.risk].condition(now))
        if self.organisation is not None:
            found = found.filter(of_organisation(self.organisation))
        if self.owner:
            found = found.filter(created_by__in=owners_called(self.owner))
        return found.order_by(at.desc(), "-id")

    def place(self, link: ShareLink) -> str:
        """Return a link's place in the list, as `older` has it."""
        at = link.over_at if self.state == "ended" else link.created_at
        return f"{at.isoformat()}~{link.id}"


def owners_called(text: str) -> list[str]:
    """Return the makers of links whose name, e-mail address or app this is."""
    named = Q(name__icontains=text) | Q(email__iexact=text) | Q(uid=text)
    uids = Person.objects.filter(named).values_list("uid", flat=True)[:MOST_OWNERS]
    return [*(f"person:{uid}" for uid in uids), f"app:{text}"]


@dataclass(frozen=True)
class Page:
    """Links, and where the page of older ones begins; "" where there is none."""

    links: Sequence[ShareLink]
    older: str = ""


def page_of(filters: Filters, now: datetime) -> Page:
    """Return the page of links that begins after `filters.older`; a place that is none is first."""
    found = filters.links(now)
    if place := place_of(filters.older):
        at, which = place
        found = found.filter(Q(at__lte=at) & ~Q(at=at, id__gte=which))
    rows = list(found.select_related("pack__own_draft")[: A_PAGE + 1])
    shown = rows[:A_PAGE]
    last = shown[-1] if len(rows) > A_PAGE else None
    return Page(shown, filters.place(last) if last else "")


def place_of(text: str) -> tuple[datetime, uuid.UUID] | None:
    """Read a place in the list; None for what is none."""
    when, _, which = text.partition("~")
    try:
        at = datetime.fromisoformat(when.replace(" ", "+"))
        return (at, uuid.UUID(which)) if at.tzinfo else None
    except ValueError:
        return None


def link_at(address: str) -> ShareLink | None:
    """Return the link whose address, or address of an opened page, was pasted; None for none.

    An expired address is known as well, a forged one is not.
    """
    text = address.strip()
    signed = text.rpartition("/s/")[2].split("?")[0].split("#")[0].strip("/")
    try:
        found = tokens.read(signed, timezone.now(), expired_too=True).link_id
    except InvalidToken:
        opened = A_UUID.search(text.rpartition("/shared/")[2])
        if opened is None:
            return None
        found = uuid.UUID(opened[0])
    return ShareLink.objects.filter(id=found).first()


@dataclass
class Ended:
    """What came of ending many links: those that ended now, had ended before, and did not end."""

    now: list[uuid.UUID] = field(default_factory=list)
    before: list[uuid.UUID] = field(default_factory=list)
    failed: list[uuid.UUID] = field(default_factory=list)


def end_many(*, links: Iterable[ShareLink], ended_by: str) -> Ended:
    """End each link by itself, so that one that can't be ended keeps no other alive."""
    ended = Ended()
    for link in links:
        if link.ended_at is not None:
            ended.before.append(link.id)
            continue
        try:
            revoke_share_link(link=link, revoked_by=ended_by)
        except (DatabaseError, ShareLink.DoesNotExist):
            ended.failed.append(link.id)
        else:
            ended.now.append(link.id)
    return ended
