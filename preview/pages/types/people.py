"""People, and the roles of ministers.

Source: alphagov/collections `app/views/{people,roles}/`, `app/models/person.rb`,
`app/presenters/role_presenter.rb`.
"""

from __future__ import annotations

from functools import cached_property

from markupsafe import Markup

from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem
from preview.pages.parts.appointments import (
    appointments,
    in_a_sentence,
    in_persons_order,
    latest_first,
    roles,
    years,
)
from preview.pages.parts.contents import Entry
from preview.pages.registry import PageType, View, page_type

PAST = {
    "prime-minister": "/government/history/past-prime-ministers",
    "chancellor-of-the-exchequer": "/government/history/past-chancellors",
    "secretary-of-state-for-foreign-commonwealth-and-development-affairs": (
        "/government/history/past-foreign-secretaries"
    ),
    "foreign-secretary": "/government/history/past-foreign-secretaries",
}


class Holding(PageType):
    """What pages about people and about roles have in common: appointments, announcements."""

    def entry(self, key: str, target: str) -> Entry:
        """Return a line of the contents list."""
        return Entry(self.label.plain(key), f"#{target}")

    def announcements_missing(self) -> None:
        """Remark that the latest announcements are not there."""
        what = self.label.english_only("stub.announcements")
        self.item.remarks.add("stubbed", f"{what} come from search, which a preview has not.")


@page_type
class Person(Holding):
    """Somebody in government: a portrait, a biography, roles now and before."""

    schemas = ("person",)
    routes = (r"/government/people/[^/]+",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the person."""
        self.announcements_missing()
        return View("pages/person.html", self.item.title, says_english=True)

    @cached_property
    def roles(self) -> list[ContentItem]:
        """The roles held now."""
        return roles(in_persons_order(appointments(self.item, current=True)))

    @property
    def caption(self) -> str:
        """The roles held now, in words."""
        return in_a_sentence([role.title for role in self.roles], self.label)

    @cached_property
    def previous(self) -> list[tuple[ContentItem, str]]:
        """The roles held before, the latest first, with the years."""
        ended = latest_first(appointments(self.item, current=False))
        linked = [(one.link("role"), years(one, self.label)) for one in ended]
        return [(role, when) for role, when in linked if role]

    @property
    def portrait(self) -> str:
        """The address of the picture, which is shown of people who have a role."""
        return self.details.fields("image").text("url") if self.roles else ""

    @property
    def entries(self) -> list[Entry]:
        """The contents list."""
        found = [self.entry("person.biography", "biography")]
        if self.roles:
            found.append(self.entry("person.role", "current-roles"))
        if self.previous:
            found.append(self.entry("person.previous_roles", "previous-roles"))
        return found

    def organisations(self, role: ContentItem) -> list[Destination]:
        """Return the organisations that a role is in."""
        return destinations(role.links("ordered_parent_organisations"))


@page_type
class Role(Holding):
    """The role of a minister: what it is about, who holds and held it."""

    schemas = ("role",)
    routes = (r"/government/ministers/[^/]+",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the role; only those of ministers have pages on the live site."""
        self.announcements_missing()
        if self.item.document_type not in ("ministerial_role", ""):
            what = "The live site has pages for the roles of ministers only."
            self.item.remarks.add("stubbed", what, "/document_type")
        return View("pages/role.html", self.item.title, article=False, says_english=True)

    @property
    def organisations(self) -> list[Destination]:
        """The organisations that the role is in."""
        return destinations(self.item.links("ordered_parent_organisations"))

    @cached_property
    def holder(self) -> ContentItem | None:
        """Who holds the role now: who has held it longest, where several do."""
        current = latest_first(appointments(self.item, current=True))
        return current[-1].link("person") if current else None

    @property
    def biography(self) -> Markup:
        """What is said of the holder."""
        return self.holder.details.html("body") if self.holder else Markup()

    @cached_property
    def past(self) -> list[tuple[ContentItem, str]]:
        """Who held the role before, the latest first, with the years."""
        ended = latest_first(appointments(self.item, current=False))
        linked = [(one.link("person"), years(one, self.label)) for one in ended]
        return [(person, when) for person, when in linked if person]

    @cached_property
    def has_accounts(self) -> bool:
        """Whether past holders have pages of their own."""
        return self.details.flag("supports_historical_accounts")

    @property
    def past_link(self) -> Destination:
        """Where those pages are."""
        slug = self.item.base_path.rpartition("/")[2].partition(".")[0]
        title = f"{self.item.title}{'' if self.item.title.endswith('s') else 's'}"
        if self.item.title.lower().startswith("chancellor of"):
            title = self.item.title
        return Destination(self.label.english_only("role.past", title=title), PAST.get(slug, ""))

    @property
    def entries(self) -> list[Entry]:
        """The contents list."""
        found = [self.entry("role.responsibilities", "responsibilities")]
        if self.holder:
            found.append(self.entry("role.current_holder", "current-role-holder"))
        if self.past or self.has_accounts:
            found.append(self.entry("role.previous_holders", "past-role-holders"))
        return found
