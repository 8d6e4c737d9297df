"""Pages about an organisation, and working groups.

Source: alphagov/frontend `app/views/{corporate_information_page,working_group}/`,
`app/presenters/corporate_information_page_presenter.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import HOME
from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem
from preview.pages.parts.contacts import mail_address
from preview.pages.parts.contents import Entry, contents
from preview.pages.registry import View, page_type
from preview.pages.templates import safe_href
from preview.pages.types.documents import Document

NAMED = "corporate_information_caption"
FURTHER = (
    "publication_scheme",
    "welsh_language_scheme",
    "personal_information_charter",
    "social_media_use",
    "about_our_services",
)
LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def heading_id(title: str) -> str:
    """Return where links to a heading lead."""
    return title.lower().replace(" ", "-")


@dataclass(frozen=True)
class Group:
    """Links under a heading."""

    title: str
    links: list[Destination]

    @property
    def id(self) -> str:
        """Where links to the heading lead."""
        return heading_id(self.title)


@page_type
class CorporateInformationPage(Document):
    """A page about an organisation: what it does, how it is run, how to complain."""

    schemas = ("corporate_information_page",)
    template = "pages/corporate_information_page.html"

    @cached_property
    def organisation(self) -> ContentItem | None:
        """The organisation that the page is about."""
        wanted = self.details.text("organisation")
        found = self.item.links("organisations")
        return next((one for one in found if one.content_id == wanted), None)

    @property
    def title(self) -> str:
        """What the browser calls the page."""
        owner = self.organisation
        return f"{self.item.title} - {owner.title}" if owner else self.item.title

    @cached_property
    def caption(self) -> Markup | str:
        """What kind of page it is, which few of them say."""
        key = f"{NAMED}.{self.item.document_type}"
        return self.label(key) if self.label.has(key) else ""

    @cached_property
    def notice_kind(self) -> str:
        """What the page is called where it was withdrawn."""
        return self.label.english_only("document_type.corporate_information_page")

    @cached_property
    def pages(self) -> list[ContentItem]:
        """The other pages about the organisation."""
        return self.item.links("corporate_information_pages")

    @cached_property
    def groups(self) -> list[Group]:
        """The links to them, and to elsewhere, under headings."""
        rows = self.details.objects("corporate_information_groups")
        return [Group(row.text("name"), self.members(row)) for row in rows if row]

    def members(self, group: Fields) -> list[Destination]:
        """Return the links of a group: pages by their ids, and addresses."""
        known = {page.content_id: page for page in self.pages}
        found = []
        for one in group.of_type("contents", list, "a list") or []:
            if isinstance(one, Mapping):
                row = Fields(one, f"{group.pointer}/contents", self.item.remarks)
                found.append(Destination(row.text("title"), row.text("path") or row.text("url")))
            elif isinstance(one, str) and one in known:
                found += destinations([known[one]])
        return found

    @cached_property
    def heading(self) -> str:
        """The heading over the groups."""
        return self.label.plain("corporate_information.title")

    @property
    def heading_id(self) -> str:
        """Where links to that heading lead."""
        return heading_id(self.heading)

    @cached_property
    def entries(self) -> list[Entry]:
        """The headings of the text, and the one over the groups."""
        own = [Entry(self.heading, f"#{self.heading_id}")] if self.groups else []
        return contents(self.details.objects("headers")) + own

    @property
    def further(self) -> list[Markup]:
        """Sentences that lead to the pages which most organisations have."""
        first: dict[str, ContentItem] = {}
        for page in self.pages:
            first.setdefault(page.document_type, page)
        return [
            self.label(
                f"corporate_information.{kind}",
                link=LINK.format(safe_href(first[kind].base_path), first[kind].title),
            )
            for kind in FURTHER
            if kind in first
        ]


@page_type
class WorkingGroup(Document):
    """People from several organisations who work on something."""

    schemas = ("working_group",)
    template = "pages/working_group.html"

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the group."""
        return View(self.template, self.title, crumbs=[HOME])

    @cached_property
    def policies(self) -> list[Destination]:
        """The policies that it works on."""
        return destinations(self.item.links("policies"))

    @property
    def email(self) -> Destination | None:
        """How to write to it."""
        email = self.details.text("email")
        return Destination(email, mail_address(email)) if email.strip() else None

    @cached_property
    def entries(self) -> list[Entry]:
        """The headings of the text, and what stands beneath it."""
        below = []
        if self.policies:
            below.append(Entry(self.label.plain("working_group.policies"), "#policies"))
        if self.email:
            below.append(Entry(self.label.plain("working_group.contact"), "#contact-details"))
        return contents(self.details.objects("headers")) + below
