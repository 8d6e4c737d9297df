"""Items that other pages show and that have no page of their own on the live site.

Source: alphagov/publishing-api `content_schemas/formats/`; no front end routes these schemas.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.dates import day
from preview.pages.furniture.related import Destination, destinations
from preview.pages.parts.contacts import Contact, contact
from preview.pages.parts.figures import Picture, picture
from preview.pages.registry import PageType, View, page_type

Facts = list[tuple[str, str]]


class LinkedOnly(PageType):
    """Shows what the item says, under a notice that there is no such page."""

    shown_on: ClassVar[str] = "pages that link to it"

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the item."""
        what = f"The live site has no page for this: it is shown on {self.shown_on}."
        self.item.remarks.add("stubbed", what)
        return View("pages/linked_only.html", self.item.title, article=False)

    @property
    def facts(self) -> Facts:
        """What the item says in single values, by name."""
        return []

    @property
    def linked(self) -> list[Destination]:
        """The pages that the item connects."""
        return []

    @property
    def picture(self) -> Picture | None:
        """The item's picture."""
        image = self.details.fields("image")
        return picture(image, image.text("url"))

    @cached_property
    def contact(self) -> Contact | None:
        """How to reach somebody."""
        return None

    def when(self) -> Facts:
        """Return from when to when the item holds."""
        start, end = self.details.moment("started_on"), self.details.moment("ended_on")
        rows = [("Started", start), ("Ended", end)]
        return [(name, day(when, self.item.locale)) for name, when in rows if when]

    def current(self) -> Facts:
        """Return whether the item holds now."""
        return [("Current", "Yes" if self.details.flag("current") else "No")]


@page_type
class Government(LinkedOnly):
    """A government, under which pages were published."""

    schemas = ("government",)
    shown_on = "political pages that were published under a past government"

    @property
    def facts(self) -> Facts:
        """When it governed."""
        return self.when() + self.current()


@page_type
class RoleAppointment(LinkedOnly):
    """That somebody holds or held a role."""

    schemas = ("role_appointment",)
    shown_on = "the pages of the person and of the role"

    @property
    def facts(self) -> Facts:
        """When the role was held."""
        return self.when() + self.current()

    @property
    def linked(self) -> list[Destination]:
        """The person and the role."""
        return destinations([*self.item.links("person"), *self.item.links("role")])


@page_type
class ContactItem(LinkedOnly):
    """How to reach an organisation."""

    schemas = ("contact",)
    shown_on = "the pages of the organisations that it belongs to"

    @cached_property
    def contact(self) -> Contact | None:
        """How to reach them."""
        return contact(self.item, self.label)

    @property
    def linked(self) -> list[Destination]:
        """The organisations."""
        return destinations(self.item.links("organisations"))


@page_type
class TakePart(LinkedOnly):
    """A way to take part in what government does."""

    schemas = ("take_part",)
    shown_on = "the page on getting involved"
