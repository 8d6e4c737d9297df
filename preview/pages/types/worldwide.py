"""Embassies and other worldwide organisations, their offices and information pages.

Source: alphagov/frontend `app/views/{worldwide_organisation,worldwide_office,…}/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card
from preview.pages.parts.contents import Entry, contents
from preview.pages.parts.followed import followed
from preview.pages.parts.office_contacts import Contact, contact
from preview.pages.parts.worldwide import Header, header
from preview.pages.registry import PageType, View, page_type


@dataclass(frozen=True)
class Office:
    """An office: how to reach it, and its page where that says when it is open."""

    contact: Contact
    href: str


@page_type
class WorldwideOrganisation(PageType):
    """What it does, who works there, where its offices are."""

    schemas: ClassVar[tuple[str, ...]] = ("worldwide_organisation",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the organisation."""
        template = "pages/worldwide_organisation.html"
        return View(template, self.item.title, crumbs=[], article=False)

    @cached_property
    def header(self) -> Header:
        """The head of the page."""
        return header(self.item, self.label)

    @property
    def followed(self) -> list[tuple[str, Destination]]:
        """Where to follow it."""
        return followed(self.details)

    @cached_property
    def lead_person(self) -> Card | None:
        """Who heads it, with a portrait."""
        person = self.item.link("primary_role_person")
        return self.card(person, portrait=True) if person else None

    @cached_property
    def people(self) -> list[Card]:
        """Who else works there."""
        kinds = ("secondary_role_person", "office_staff")
        return [self.card(one) for kind in kinds for one in self.item.links(kind)]

    def card(self, person: ContentItem, *, portrait: bool = False) -> Card:
        """Return a person with the roles that the organisation gives them."""
        image = person.details.fields("image") if portrait else None
        return Card(
            text=person.title,
            href=person.base_path,
            src=image.text("url") if image else "",
            alt=image.text("alt_text") if image else "",
            description=", ".join(self.roles_of(person)),
        )

    def roles_of(self, person: ContentItem) -> list[str]:
        """Return the titles of a person's roles."""
        titles = {role.content_id: role.title for role in self.item.links("roles")}
        rows = self.details.objects("people_role_associations")
        own = next(
            (row for row in rows if row.text("person_content_id") == person.content_id), None
        )
        appointments = own.objects("role_appointments") if own else []
        wanted = [row.text("role_content_id") for row in appointments]
        return [titles[one] for one in wanted if one in titles]

    @cached_property
    def offices(self) -> list[Office]:
        """The main office, then those on the page; none where the main one can't be reached."""
        main = self.item.link("main_office")
        first = self.office(main) if main else None
        if first is None:
            return []
        others = map(self.office, self.item.links("home_page_offices"))
        return [first, *(one for one in others if one)]

    def office(self, item: ContentItem) -> Office | None:
        """Return an office with the contact that belongs to it."""
        rows = self.details.objects("office_contact_associations")
        of_office = {row.text("office_content_id"): row.text("contact_content_id") for row in rows}
        wanted = of_office.get(item.content_id)
        found = [one for one in self.item.links("contacts") if wanted and one.content_id == wanted]
        if not found:
            return None
        opens = item.details.html("access_and_opening_times")
        return Office(contact(found[0]), item.base_path if opens else "")

    @cached_property
    def information(self) -> list[Destination]:
        """The pages about how it works, in its order and under its titles."""
        pages = {one.content_id: one for one in self.item.links("corporate_information_pages")}
        rows = self.details.objects("ordered_corporate_information_pages")
        return [
            Destination(row.text("title"), pages[row.text("content_id")].base_path)
            for row in rows
            if row.text("content_id") in pages
        ]


class BelowOrganisation(PageType):
    """What pages below a worldwide organisation have in common."""

    @cached_property
    def header(self) -> Header:
        """The head of the organisation; the item's own title where it could not be looked up."""
        organisation = self.item.link("worldwide_organisation")
        return header(organisation, self.label) if organisation else Header(self.item.title)

    @cached_property
    def entries(self) -> list[Entry]:
        """The headings of the text."""
        return contents(self.details.objects("headers"))


@page_type
class WorldwideOffice(BelowOrganisation):
    """Where an office is, and when it is open."""

    schemas: ClassVar[tuple[str, ...]] = ("worldwide_office",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show contact and opening times."""
        item = self.item.link("contact")
        values = {"contact": contact(item) if item else None}
        template = "pages/worldwide_office.html"
        return View(template, self.item.title, values, crumbs=[], article=False)


@page_type
class WorldwideCorporateInformationPage(BelowOrganisation):
    """How a worldwide organisation works."""

    schemas: ClassVar[tuple[str, ...]] = ("worldwide_corporate_information_page",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the text."""
        template = "pages/worldwide_corporate_information_page.html"
        return View(template, self.item.title, crumbs=[], article=False)
