"""The list of ministers: the Cabinet, departments, whips; or that it is being reshuffled.

Source: alphagov/collections `app/views/ministers/`, `app/presenters/ministers_index_presenter.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from preview.pages.item import ContentItem
from preview.pages.parts.appointments import appointments, roles
from preview.pages.registry import PageType, View, page_type

HONORIFIC = "The Rt Hon"
JUNIOR = 1000
WHIPS = {
    "house_of_commons": "ordered_house_of_commons_whips",
    "junior_lords_of_the_treasury": "ordered_junior_lords_of_the_treasury_whips",
    "assistant_whips": "ordered_assistant_whips",
    "house_of_lords": "ordered_house_lords_whips",
    "baronesses_and_lords_in_waiting": "ordered_baronesses_and_lords_in_waiting_whips",
}


@dataclass(frozen=True)
class Minister:
    """A minister as a list shows them: the roles that count there, and how they are paid."""

    person: ContentItem
    roles: list[ContentItem]

    @property
    def name(self) -> str:
        """The name without what stands above it."""
        return self.person.title.replace(HONORIFIC, "").strip()

    @property
    def honorific(self) -> str:
        """What stands above the name."""
        return HONORIFIC if self.person.details.flag("privy_counsellor") else ""

    @property
    def payment(self) -> str:
        """How the roles are paid, where that is out of the ordinary."""
        said = [role.details.text("role_payment_type") for role in self.roles]
        return ". ".join(dict.fromkeys(one for one in said if one))


@dataclass(frozen=True)
class Group:
    """Ministers under a heading; `id` is where links lead."""

    id: str
    title: str
    ministers: list[Minister]
    department: ContentItem | None = None


def current_roles(person: ContentItem) -> list[ContentItem]:
    """Return the roles that a person holds and that have pages, the most senior first."""
    held = [role for role in roles(appointments(person, current=True)) if role.base_path]

    def rank(role: ContentItem) -> int:
        seniority = role.details.number("seniority")
        return JUNIOR if seniority is None else seniority

    return sorted(held, key=rank)


def slug(title: str) -> str:
    """Return a title as an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


@page_type
class MinistersIndex(PageType):
    """The list of ministers."""

    schemas = ("ministers_index",)
    routes = (r"/government/ministers",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the list."""
        title = f"{self.label.plain('ministers.title')} - GOV.UK"
        return View("pages/ministers_index.html", title, article=False, says_english=True)

    @property
    def reshuffled(self) -> bool:
        """Whether the list is not shown because it is changing."""
        return self.details.raw.get("reshuffle") not in (None, False)

    @property
    def message(self) -> Markup:
        """What is said instead."""
        return self.details.fields("reshuffle").html("message")

    def ministers(self, kind: str) -> list[Minister]:
        """Return the ministers of a list, each with all roles."""
        return [Minister(one, current_roles(one)) for one in self.item.links(kind)]

    @property
    def departments(self) -> list[Group]:
        """Each department with its ministers and the roles that they have in it."""
        groups = [
            Group(
                slug(one.title),
                one.title,
                [Minister(who, self.within(who, one)) for who in one.links("ordered_ministers")],
                one,
            )
            for one in self.item.links("ordered_ministerial_departments")
        ]
        return [group for group in groups if group.ministers]

    def within(self, person: ContentItem, department: ContentItem) -> list[ContentItem]:
        """Return the roles that a person has in a department."""
        own = {role.content_id for role in department.links("ordered_roles")}
        return [
            role
            for role in current_roles(person)
            if role.content_id in own
            or department.content_id in [one.content_id for one in role.links("organisations")]
        ]

    @property
    def whips(self) -> list[Group]:
        """The whips, by house and rank."""
        return [
            Group(
                f"whip-{slug(self.label.plain(f'whips.{name}'))}",
                self.label.plain(f"whips.{name}"),
                [Minister(one.person, self.whipping(one.roles)) for one in self.ministers(kind)],
            )
            for name, kind in WHIPS.items()
        ]

    @staticmethod
    def whipping(roles: list[ContentItem]) -> list[ContentItem]:
        """Return the roles that are a whip's."""
        return [one for one in roles if one.details.fields("whip_organisation").text("label")]
