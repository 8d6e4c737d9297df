"""Who published a page, when it was published and changed, and what became of it.

Source: alphagov/frontend `app/models/concerns/{updatable,withdrawable,political,…}.rb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem

ORGANISATIONS = ("organisations",)


@dataclass(frozen=True)
class Published:
    """Who, when, and what changed since; `history` is newest first."""

    contributors: list[Destination] = field(default_factory=list)
    first: datetime | None = None
    updated: datetime | None = None
    history: list[tuple[datetime, str]] = field(default_factory=list)


def published(
    item: ContentItem, kinds: Iterable[str] = ORGANISATIONS, *, emphasise: bool = True
) -> Published:
    """Return what the item says of its publication.

    `kinds` are the link types that count as contributors; `emphasise` puts organisations in the
    order that editors gave, and then of the alphabet. An item that was never published has no
    change to date.
    """
    first = item.details.moment("first_public_at") or item.first_published_at
    last = item.public_updated_at
    updated = last if first and last and last != first else None
    return Published(
        contributors(item, kinds, emphasise=emphasise),
        first,
        updated,
        change_history(item) if updated else [],
    )


def contributors(
    item: ContentItem, kinds: Iterable[str], *, emphasise: bool = True
) -> list[Destination]:
    """Return who contributed, each once."""
    found: list[Destination] = []
    for kind in kinds:
        linked = item.links(kind)
        found += destinations(
            emphasised(item, linked) if emphasise and kind == "organisations" else linked
        )
    return list(dict.fromkeys(found))


def emphasised(item: ContentItem, organisations: list[ContentItem]) -> list[ContentItem]:
    """Return organisations in the editors' order, the rest by title."""
    order = item.details.texts("emphasised_organisations")
    rank = {content_id: at for at, content_id in enumerate(order)}
    return sorted(organisations, key=lambda one: (rank.get(one.content_id, len(rank)), one.title))


def change_history(item: ContentItem) -> list[tuple[datetime, str]]:
    """Return the change notes, newest first."""
    rows = item.details.objects("change_history")
    notes = [(row.moment("public_timestamp"), row.text("note")) for row in rows]
    dated = [(when, note) for when, note in notes if when]
    return sorted(dated, key=lambda row: row[0], reverse=True)


def past_government(item: ContentItem) -> str:
    """Return under which past government a political page was published; "" for no such page."""
    government = item.link("government")
    past = government and government.details.raw.get("current") is False
    return government.title if government and past and item.details.flag("political") else ""


@dataclass(frozen=True)
class Withdrawal:
    """Why and when a page was withdrawn."""

    at: datetime
    explanation: Markup


def withdrawal(item: ContentItem) -> Withdrawal | None:
    """Return the withdrawal of a page, where it was withdrawn."""
    at = item.withdrawn_notice.moment("withdrawn_at")
    return Withdrawal(at, item.withdrawn_notice.html("explanation")) if at else None
