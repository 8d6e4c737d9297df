"""Looking at a page of an opened link: what it shows, whether that is allowed, that it was seen.

Every request decides, and every view is in the trail before its page is served. Where the same
browser asks for the same page again, the decision is made on what was found the last time, and one
statement both asks whether all of that still holds and records the view. Where it does not hold,
nothing was recorded, and everything is asked and decided anew. What is remembered thus saves a
round trip and never lets anybody in.
"""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple

from django.utils import timezone

from preview.access import Act, Decision, decide_pack
from preview.audit.actions import entry_values, record_entry
from preview.sharing.queries import GRANT, ShownPage, Sight, find_page

MOST_REMEMBERED = 1_000  # of about 2 kB


class Asked(NamedTuple):
    """Which page somebody asks for: the link, their guest session, the path."""

    link_id: uuid.UUID
    session: str
    path: str


class Seen(NamedTuple):
    """What a link shows, and whether whoever asks may see it."""

    page: ShownPage
    decision: Decision


REMEMBERED: dict[Asked, Sight] = {}


def see_page(asked: Asked) -> Seen | None:
    """Decide who sees a page, and record the view if it is allowed and there is a page.

    Returns None where the link was not opened in this guest session.
    """
    return seen_again(asked) or seen_anew(asked)


def look_at_page(asked: Asked) -> Seen | None:
    """Decide who sees a page and record nothing; None as with `see_page`."""
    sight = find_page(**asked._asdict())
    return decided(sight.page) if sight else None


def decided(page: ShownPage) -> Seen:
    """Return a page with the decision about it."""
    return Seen(page, decide_pack(page.guest, Act.VIEW, page.limits, timezone.now()))


def seen_again(asked: Asked) -> Seen | None:
    """Return what was seen before if it still holds, the view recorded; None where it may not."""
    sight = REMEMBERED.get(asked)
    if sight is None or (sight.until is not None and sight.until <= timezone.now()):
        return None
    seen = decided(sight.page)
    if not seen.decision.allowed or sight.said is None:
        return None
    added = entry_values(**view_of(asked.link_id, sight.page))
    return seen if GRANT.insert_if_same(sight.said, added, **asked._asdict()) else None


def seen_anew(asked: Asked) -> Seen | None:
    """Ask and decide; record the view in a second statement, and remember what it rested on."""
    REMEMBERED.pop(asked, None)
    sight = find_page(**asked._asdict())
    if sight is None:
        return None
    seen = decided(sight.page)
    if seen.decision.allowed and sight.page.sha256 is not None:
        record_view(asked.link_id, sight.page)
        remember(asked, sight)
    return seen


def remember(asked: Asked, sight: Sight) -> None:
    """Keep what a decision rested on, where one row says all of it; begin anew when it is much."""
    if sight.said is None:
        return
    if len(REMEMBERED) >= MOST_REMEMBERED:
        REMEMBERED.clear()
    REMEMBERED[asked] = sight


def record_view(link_id: uuid.UUID, page: ShownPage) -> None:
    """Record who saw what: the recipient where one is known, else the link."""
    record_entry(**view_of(link_id, page))


def view_of(link_id: uuid.UUID, page: ShownPage) -> dict[str, Any]:
    """Return the entry of a view."""
    return {
        "action": "share_link.view",
        "actor": actor_of(link_id, page),
        "subject": f"draft:{page.draft_id}" if page.draft_id else f"pack:{page.pack_id}",
        "link": str(link_id),
        "pack": page.pack_id,
        "version": page.version,
    }


def actor_of(link_id: uuid.UUID, page: ShownPage) -> str:
    """Return who looks: the recipient where one is known, else the link."""
    return f"recipient:{page.recipient_id}" if page.recipient_id else f"link:{link_id}"
