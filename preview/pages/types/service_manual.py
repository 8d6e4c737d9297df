"""The service manual: its home page, topics, guides, the Service Standard, the toolkit.

All of it is in English, whatever the item says.
Source: alphagov/frontend `app/views/{service_manual,service_toolkit}/` and their presenters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import Crumb
from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem
from preview.pages.parts.contents import Entry
from preview.pages.parts.published import Published, published
from preview.pages.registry import PageType, View, page_type

HOME = Crumb("Service manual", "/service-manual")
NUMBER = re.compile(r"(\d+)\.\s*")


class InServiceManual(PageType):
    """What the pages have in common: who looks after them, where to ask for e-mails."""

    @cached_property
    def owners(self) -> list[Destination]:
        """The communities that look after the page."""
        return destinations(self.item.links("content_owners"))

    @property
    def email_path(self) -> str:
        """Where readers ask for e-mails."""
        return f"/email-signup?link={self.item.base_path}"

    def named(self) -> str:
        """Return what the browser calls the page."""
        return f"{self.item.title} - Service Manual"


@page_type
class ServiceManualGuide(InServiceManual):
    """Guidance on one thing."""

    schemas: ClassVar[tuple[str, ...]] = ("service_manual_guide",)

    @cached_property
    def topic(self) -> ContentItem | None:
        """What the guide is part of: a topic, or the page above."""
        return self.item.link("service_manual_topics") or self.item.link("parent")

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the guide."""
        above = [Crumb(self.topic.title, self.topic.base_path)] if self.topic else []
        values = {
            "caption": self.topic.title if self.topic else "",
            "lead": self.item.description if self.details.raw.get("show_description") else "",
            "entries": [
                Entry(row.text("title"), row.text("href"))
                for row in self.details.objects("header_links")
            ],
        }
        crumbs = [HOME, *above]
        return View("pages/service_manual_guide.html", self.named(), values, crumbs=crumbs)

    @cached_property
    def published(self) -> Published:
        """When the guide was published and changed."""
        return published(self.item, ())


@dataclass(frozen=True)
class Group:
    """Guides of a topic that belong together."""

    name: str
    description: str
    guides: list[Destination]


@page_type
class ServiceManualTopic(InServiceManual):
    """Guides on a topic."""

    schemas: ClassVar[tuple[str, ...]] = ("service_manual_topic",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the guides."""
        return View("pages/service_manual_topic.html", self.named(), crumbs=[], article=False)

    @cached_property
    def groups(self) -> list[Group]:
        """The groups that have guides."""
        known = {one.content_id: one for one in self.item.links("linked_items")}
        groups = [self.group(row, known) for row in self.details.objects("groups")]
        return [group for group in groups if group.guides]

    def group(self, row: Fields, known: dict[str, ContentItem]) -> Group:
        """Return a group with those of its guides that are known."""
        guides = [known[one] for one in row.texts("content_ids") if one in known]
        return Group(row.text("name"), row.text("description"), destinations(guides))

    @property
    def community(self) -> str:
        """What readers can join."""
        return self.owners[0].text if len(self.owners) == 1 else "community"


@page_type
class ServiceManualHomepage(InServiceManual):
    """The topics."""

    schemas: ClassVar[tuple[str, ...]] = ("service_manual_homepage",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the topics by title."""
        topics = sorted(self.item.links("children"), key=lambda one: one.title)
        return View(
            "pages/service_manual_homepage.html",
            self.item.title,
            {"topics": topics},
            crumbs=[],
            article=False,
        )


@dataclass(frozen=True)
class Point:
    """A point of the standard."""

    number: int
    title: str
    description: str
    href: str


@page_type
class ServiceStandard(InServiceManual):
    """The points that services must meet."""

    schemas: ClassVar[tuple[str, ...]] = ("service_manual_service_standard",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the points."""
        return View("pages/service_standard.html", self.named(), {"points": self.points}, crumbs=[])

    @property
    def points(self) -> list[Point]:
        """The points, by the numbers in their titles; one without a number is not shown."""
        found = []
        for one in self.item.links("children"):
            number = NUMBER.match(one.title)
            if number:
                title = one.title[number.end() :]
                found.append(Point(int(number[1]), title, one.description, one.base_path))
        return sorted(found, key=lambda point: point.number)


@page_type
class ServiceToolkit(PageType):
    """What helps to build services, in collections."""

    schemas: ClassVar[tuple[str, ...]] = ("service_manual_service_toolkit",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the collections."""
        values = {"collections": self.details.objects("collections")}
        return View(
            "pages/service_toolkit.html", "Service Toolkit", values, crumbs=[], article=False
        )
