"""What a page leads to: related pages beside it, topics beneath it.

Source: alphagov/govuk_publishing_components `related_navigation_helper.rb`, `contextual_footer`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from preview.pages.fields import Fields
from preview.pages.item import ContentItem

SHOWN_AT_ONCE = 5


@dataclass(frozen=True)
class Destination:
    """A link of a list."""

    text: str
    href: str


@dataclass(frozen=True)
class Section:
    """A list with the key of its heading: all of it, or some and the rest on demand."""

    key: str
    links: list[Destination]

    @property
    def shown(self) -> list[Destination]:
        """Return what is always shown; one more than the limit is shown rather than hidden."""
        most = SHOWN_AT_ONCE
        return self.links if len(self.links) <= most + 1 else self.links[:most]

    @property
    def hidden(self) -> list[Destination]:
        """Return what is shown on demand."""
        return self.links[len(self.shown) :]


def destinations(items: list[ContentItem]) -> list[Destination]:
    """Return links to items."""
    return [Destination(one.title, one.base_path) for one in items]


def addresses(rows: list[Fields]) -> list[Destination]:
    """Return links to addresses that the item itself holds."""
    return [Destination(row.text("title"), row.text("url")) for row in rows if row]


def related_items(item: ContentItem) -> list[Destination]:
    """Return the pages that editors chose, or those that the item holds."""
    quick = addresses(item.details.objects("quick_links"))
    chosen = (
        []
        if item.links("ordered_related_items_overrides")
        else destinations(item.links("ordered_related_items"))
    )
    guide = item.document_type == "detailed_guide"
    mainstream = destinations(item.links("related_mainstream_content")) if guide else []
    return (quick or chosen) + mainstream


def sidebar(item: ContentItem) -> list[Section]:
    """Return the lists beside the text that have anything in them."""
    guides = item.links("related_guides") if item.document_type == "detailed_guide" else []
    collections = item.links_of_type("document_collections", "document_collection")
    sections = [
        Section("related_items", related_items(item)),
        Section("related_guides", destinations(guides)),
        Section("collections", destinations(collections)),
    ]
    return [section for section in sections if section.links]


@cache
def event_links() -> dict[str, tuple[str, list[Destination]]]:
    """Return heading and links beside pages about an event, by the event's content id."""
    rows = tomllib.loads(Path(__file__).with_name("event_links.toml").read_text("utf-8"))
    return {
        content_id: (row["title"], [Destination(*one) for one in row["links"].items()])
        for content_id, row in rows.items()
    }


def about_events(item: ContentItem) -> list[tuple[str, list[Destination]]]:
    """Return what stands beside a page because of the events that it is about."""
    ids = dict.fromkeys(event.content_id for event in item.links("topical_events"))
    return [event_links()[one] for one in ids if one in event_links()]


def footer(item: ContentItem) -> list[Section]:
    """Return the lists beneath the text that have anything in them."""
    locations = [
        Destination(one.title, f"/world/{slug(one.title)}/news")
        for one in item.links("world_locations")
    ]
    data_sets = item.links_of_type("related_statistical_data_sets", "statistical_data_set")
    sections = [
        Section("topics", topics(item)),
        Section(
            "topical_events", destinations(item.links_of_type("topical_events", "topical_event"))
        ),
        Section("world_locations", locations),
        Section("statistical_data_sets", destinations(data_sets)),
        Section("external_links", addresses(item.details.objects("external_related_links"))),
        Section("contacts", destinations(item.links_of_type("related", "contact"))),
    ]
    return [section for section in sections if section.links]


def topics(item: ContentItem) -> list[Destination]:
    """Return the browse pages that the item is in, else its live topics."""
    browse = item.links("mainstream_browse_pages")
    live = [taxon for taxon in item.links("taxons") if taxon.text("phase") == "live"]
    return destinations(browse or live)


def slug(text: str) -> str:
    """Return a title as part of an address."""
    plain = re.sub(r"[^\w-]+", "-", text, flags=re.ASCII)
    return re.sub(r"-{2,}", "-", plain).strip("-").lower()
