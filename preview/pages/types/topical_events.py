"""Topical events and the pages about them.

Two front ends have a page for a topical event, and the item says which of them shows it.
Source: alphagov/frontend `app/models/topical_event.rb`, `app/views/flexible_page/`;
alphagov/collections `app/views/topical_events/show.html.erb`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.dates import LONDON
from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import HOME, Crumb, breadcrumbs
from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card, featured
from preview.pages.parts.contents import Entry, contents
from preview.pages.parts.figures import Picture, picture
from preview.pages.parts.followed import followed
from preview.pages.parts.published import emphasised
from preview.pages.registry import PageType, View, page_type

NOTABLE_DEATH = "/society-and-culture/notable-death"
SEARCH = "/search/all?order=updated-newest&topical_events%5B%5D="
STUBBED = "What was published about the event is not part of this preview."


@page_type
class TopicalEvent(PageType):
    """What the government does about an event."""

    schemas: ClassVar[tuple[str, ...]] = ("topical_event",)

    @cached_property
    def about_path(self) -> str:
        """Where the page about the event stands."""
        return f"{self.item.base_path}/about"

    @cached_property
    def about(self) -> Fields:
        """The page about the event, where the item itself holds it."""
        return self.details.fields("about")

    def paths(self) -> list[str]:
        """Return the event's path, and that of the page about it."""
        return [self.item.base_path, *([self.about_path] if self.about else [])]

    def view(self, path: str) -> View:
        """Show the event, or the page about it."""
        if self.about and path == self.about_path:
            return self.about_view()
        self.item.remarks.add("stubbed", STUBBED)
        if self.item.text("rendering_app") == "frontend":
            return View("pages/topical_event.html", self.item.title, crumbs=[])
        template = "pages/topical_event_plain.html"
        return View(template, self.item.title, article=False, says_english=True)

    def about_view(self) -> View:
        """Return the page about the event."""
        title, summary = self.about.text("title"), self.about.text("summary")
        entries = contents(self.about.objects("headers"))
        values = {"title_of": title, "lead": summary, "entries": entries}
        return View(
            "pages/topical_event_about_page.html",
            title,
            {**values, "text": self.about.html("body")},
            name=title,
            description=summary,
            crumbs=[HOME, Crumb(self.item.title, self.item.base_path)],
        )

    @cached_property
    def archived(self) -> bool:
        """Whether the event is over, by the calendar of London."""
        end = self.details.moment("end_date")
        today = self.options.now.astimezone(LONDON).date()
        return end is not None and end.astimezone(LONDON).date() <= today

    @cached_property
    def notable_death(self) -> bool:
        """Whether somebody notable died, which makes the head of the page black."""
        return any(taxon.base_path == NOTABLE_DEATH for taxon in self.item.links("taxons"))

    def picture_of(self, kind: str) -> Picture | None:
        """Return the first image of a kind."""
        for image in self.details.objects("images"):
            if image.text("type") == kind:
                sources = image.fields("sources")
                return picture(image, sources.text("desktop") or image.text("url"))
        return None

    @cached_property
    def head_picture(self) -> Picture | None:
        """The picture of the head: wide, else the logo in either of its forms."""
        old = self.details.fields("image")
        address = old.text("high_resolution_url") or old.text("url")
        return self.picture_of("header") or self.picture_of("logo") or picture(old, address)

    @cached_property
    def side_picture(self) -> Picture | None:
        """The logo beside the text, where the head has a picture of its own."""
        return self.picture_of("logo") if self.picture_of("header") else None

    @cached_property
    def plain_picture(self) -> Picture | None:
        """The picture of the plainer page."""
        image = self.details.fields("image")
        return picture(image, image.text("url"))

    @property
    def followed(self) -> list[tuple[str, Destination]]:
        """Where to follow it."""
        return followed(self.details)

    @cached_property
    def cards(self) -> list[Card]:
        """The documents that editors put forward; this page does not say what and when they are."""
        rows = self.details.objects("ordered_featured_documents")
        return [replace(card, day=None, context="") for card in featured(rows, self.label)]

    @cached_property
    def organisations(self) -> list[ContentItem]:
        """Who is involved, in the editors' order."""
        return emphasised(self.item, self.item.links("organisations"))

    @cached_property
    def owners(self) -> list[Destination]:
        """Who is involved, as links."""
        return destinations(self.item.links("organisations"))

    @property
    def updates_path(self) -> str:
        """Where all that was published about it is found."""
        return SEARCH + self.item.base_path.rpartition("/")[2]


@page_type
class TopicalEventAboutPage(PageType):
    """More about a topical event."""

    schemas: ClassVar[tuple[str, ...]] = ("topical_event_about_page",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the text."""
        values: dict[str, str | list[Entry] | Markup] = {
            "title_of": self.item.title,
            "lead": self.item.description,
            "entries": contents(self.details.objects("headers")),
            "text": self.body(),
        }
        parent = self.item.link("parent")
        crumbs = [HOME, Crumb(parent.title, parent.base_path)] if parent else breadcrumbs(self.item)
        return View("pages/topical_event_about_page.html", self.item.title, values, crumbs=crumbs)
