"""The list of all organisations, by kind.

Source: alphagov/collections `app/views/organisations/index.html.erb`,
`app/presenters/organisations/index_presenter.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.registry import PageType, View, page_type

NUMBER_10 = "ordered_executive_offices"
WITH_LOGO = frozenset({NUMBER_10, "ordered_ministerial_departments"})
SECTIONS = {
    NUMBER_10: "number_10",
    "ordered_ministerial_departments": "ministerial_departments",
    "ordered_non_ministerial_departments": "non_ministerial_departments",
    "ordered_agencies_and_other_public_bodies": "agencies_and_other_public_bodies",
    "ordered_high_profile_groups": "high_profile_groups",
    "ordered_public_corporations": "public_corporations",
    "ordered_devolved_administrations": "devolved_governments",
}
KINDS = (
    "executive_office",
    "ministerial_department",
    "non_ministerial_department",
    "executive_agency",
    "executive_ndpb",
    "advisory_ndpb",
    "special_health_authority",
    "tribunal",
    "public_corporation",
    "independent_monitoring_body",
    "adhoc_advisory_group",
    "devolved_administration",
    "sub_organisation",
    "other",
    "civil_service",
    "court",
)
JOINING = "joining"


@dataclass(frozen=True)
class Listed:
    """An organisation of the list, with those that it works with by kind."""

    row: Fields
    name: str
    works_with: list[tuple[str, list[Destination]]]

    @property
    def partners(self) -> int:
        """How many it works with."""
        return sum(len(links) for _, links in self.works_with)

    @property
    def toggle_id(self) -> str:
        """The id of the list of those that it works with."""
        title = self.row.text("title").lower()
        return "toggle_" + re.sub(r"[^a-z0-9]+", "-", title).strip("-")


@dataclass(frozen=True)
class Section:
    """The organisations of a kind; one without a title has no heading."""

    id: str
    title: str
    logos: bool
    organisations: list[Listed]


@page_type
class OrganisationsHomepage(PageType):
    """The list of all organisations."""

    schemas = ("organisations_homepage",)
    routes = (r"/government/organisations",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the list."""
        return View(
            "pages/organisations_homepage.html", self.item.title, article=False, says_english=True
        )

    @cached_property
    def joining(self) -> set[str]:
        """The addresses of organisations that are not on the site yet."""
        rows = [row for kind in SECTIONS for row in self.details.objects(kind)]
        return {row.text("href") for row in rows if row.text("govuk_status") == JOINING}

    @property
    def sections(self) -> list[Section]:
        """The organisations, by kind."""
        return [
            Section(
                name,
                "" if kind == NUMBER_10 else name.replace("_", " ").capitalize(),
                kind in WITH_LOGO,
                [
                    self.listed(row, logo=kind in WITH_LOGO)
                    for row in self.details.objects(kind)
                    if row and row.text("govuk_status") != JOINING
                ],
            )
            for kind, name in SECTIONS.items()
        ]

    def listed(self, row: Fields, *, logo: bool) -> Listed:
        """Return an organisation; the live list writes out the line breaks of names in logos."""
        name = row.fields("logo").text("formatted_title") if logo else ""
        return Listed(row, name or row.text("title"), self.partners(row.fields("works_with")))

    def partners(self, works_with: Fields) -> list[tuple[str, list[Destination]]]:
        """Return those that an organisation works with, by kind in the order of the list."""
        order = {kind: at for at, kind in enumerate(KINDS)}
        kinds = sorted(works_with.raw, key=lambda kind: order.get(kind, len(order)))
        found = []
        for kind in kinds:
            links = [
                Destination(row.text("title"), row.text("href"))
                for row in works_with.objects(kind)
                if row and row.text("href") not in self.joining
            ]
            if links:
                known = f"organisation_type.{kind}"
                found.append((known if self.label.has(known) else "organisation_type.other", links))
        return found

    def works_with(self, listed: Listed) -> str:
        """Return how many organisations one works with, in words."""
        number = "one" if listed.partners == 1 else "other"
        key = f"organisation_index.works_with_{number}"
        return self.label.plain(key, count=listed.partners)
