"""The lists of countries and embassies, and the news pages of countries.

Source: alphagov/collections `app/views/{world,embassies,world_location_news}/`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card, featured
from preview.pages.registry import PageType, View, page_type
from preview.pages.sanitise import sanitised

EMBASSIES = (
    "Contact details of British embassies, consulates, and high commissions around the world."
)
LONGEST_SUMMARY = 160
ARTICLE = "The"


@page_type
class WorldIndex(PageType):
    """Countries by letter, then delegations."""

    schemas: ClassVar[tuple[str, ...]] = ("world_index",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the lists."""
        template = "pages/world_index.html"
        return View(template, self.item.title, article=False, says_english=True)

    @cached_property
    def locations(self) -> list[Destination]:
        """The countries and territories."""
        return places(self.details.objects("world_locations"))

    @cached_property
    def delegations(self) -> list[Destination]:
        """The delegations."""
        return places(self.details.objects("international_delegations"))

    @cached_property
    def by_letter(self) -> list[tuple[str, list[Destination]]]:
        """The countries by their first letter, in the item's order within one."""
        ordered = sorted(self.locations, key=letter)
        return [(first, list(rows)) for first, rows in groupby(ordered, key=letter)]


def places(rows: list[Fields]) -> list[Destination]:
    """Return places; one without an active page is no link."""
    return [
        Destination(row.text("name"), f"/world/{row.text('slug')}" if row.flag("active") else "")
        for row in rows
        if row.text("name").strip()
    ]


def letter(place: Destination) -> str:
    """Return the letter under which a place is listed; an article does not count."""
    return (place.text.removeprefix(ARTICLE).strip() or place.text.strip())[:1].upper()


@dataclass(frozen=True)
class Embassy:
    """A country: where British nationals find help, `elsewhere` being a country and an office."""

    name: str
    offices: list[tuple[str, Destination]]
    elsewhere: tuple[str, Destination] | None


@page_type
class EmbassiesIndex(PageType):
    """Where each country's embassy is."""

    schemas: ClassVar[tuple[str, ...]] = ("embassies_index",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the list."""
        return View(
            "pages/embassies_index.html",
            self.item.title,
            description=EMBASSIES,
            article=False,
            says_english=True,
        )

    @cached_property
    def embassies(self) -> list[Embassy]:
        """The countries in the item's order."""
        return [embassy(row) for row in self.details.objects("world_locations") if row]


def embassy(row: Fields) -> Embassy:
    """Return a country with the offices that help there, or the one that helps from elsewhere."""
    help_from = row.text("assistance_available")
    local = row.objects("organisations_with_embassy_offices") if help_from == "local" else []
    remote = row.fields("remote_office") if help_from == "remote" else None
    return Embassy(
        row.text("name"),
        [(one.text("locality"), office(one)) for one in local],
        (remote.text("country"), office(remote)) if remote else None,
    )


def office(row: Fields) -> Destination:
    """Return an office."""
    return Destination(row.text("name"), row.text("path"))


@page_type
class WorldLocationNews(PageType):
    """What the government does with a country."""

    schemas: ClassVar[tuple[str, ...]] = ("world_location_news",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the page."""
        what = "The lists of the newest pages and of documents are not part of this preview."
        self.item.remarks.add("stubbed", what)
        template = "pages/world_location_news.html"
        return View(template, self.item.title, article=False, says_english=True)

    @cached_property
    def cards(self) -> list[Card]:
        """The documents that editors put forward, with short summaries."""
        rows = self.details.objects("ordered_featured_documents")
        return [
            replace(card, description=shortened(sanitised(str(card.description)).striptags()))
            for card in featured(rows, self.label)
        ]

    @cached_property
    def links(self) -> list[Destination]:
        """The links that editors put forward."""
        rows = self.details.objects("ordered_featured_links")
        return [Destination(row.text("title"), row.text("href")) for row in rows if row]

    @cached_property
    def organisations(self) -> list[ContentItem]:
        """The embassies and other organisations there."""
        return self.item.links("worldwide_organisations")


def shortened(text: str) -> str:
    """Return a summary that fits a card, cut between words."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    kept = text[: LONGEST_SUMMARY - 3]
    return (kept.rpartition(" ")[0] or kept) + "..."
