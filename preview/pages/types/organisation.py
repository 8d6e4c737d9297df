"""Organisations: departments and agencies, courts and tribunals, those that are gone.

Source: alphagov/collections `app/views/organisations/`, `app/models/organisation.rb`,
`app/presenters/organisations/`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import HOME, Crumb
from preview.pages.furniture.related import Destination, destinations
from preview.pages.parts import organisation_people
from preview.pages.parts.cards import Card, featured, promotional
from preview.pages.parts.contacts import Contact, contacts
from preview.pages.parts.not_live import notice
from preview.pages.parts.organisation_people import Group
from preview.pages.registry import PageType, View, page_type

HMCTS = "6f757605-ab8f-4b62-84e4-99f79cf085c2"
NUMBER_10 = "prime-ministers-office-10-downing-street"
COURTS = "/courts-tribunals/"
LISTED = frozenset({"live", "exempt", "transitioning"})
CALLS = ("Sign up", "Follow", "Watch", "Read")
WITH_ARTICLE = re.compile(
    "authority|agency|bank|board|body|centre|college|commission|committee|council|department|fund"
    "|group|hospital|inquiry|inspectorate|ministry|office|panel|review|service|team|tribunal",
    re.IGNORECASE,
)
WITHOUT_ARTICLE = re.compile("civil service (resourcing|reform|hr)", re.IGNORECASE)
MOST_BELOW_FIRST = 6
MOST_PROMOTED = 2


@page_type
class Organisation(PageType):
    """An organisation's home page."""

    schemas = ("organisation",)
    routes = (r"/government/organisations/[^/]+", r"/courts-tribunals/[^/]+")

    def view(self, path: str) -> View:
        """Show the page for the kind of organisation, and for its status."""
        what = self.label.plain("stub.documents")
        self.item.remarks.add("stubbed", f"{what} come from search, which a preview has not.")
        return View(
            f"pages/{self.template(path)}.html",
            self.item.title,
            crumbs=[HOME, self.index],
            says_english=True,
            robots="max-image-preview:none",
        )

    def template(self, path: str) -> str:
        """Return which of the pages the organisation has."""
        if path.startswith(COURTS):
            return "court"
        if self.status != "live":
            return "organisation_not_live"
        return "number_10" if self.slug == NUMBER_10 else "organisation"

    @cached_property
    def status(self) -> str:
        """Whether it is on the site, or what became of it."""
        return self.details.fields("organisation_govuk_status").text("status") or "live"

    @cached_property
    def slug(self) -> str:
        """The name in its address, without the language."""
        return self.item.base_path.rpartition("/")[2].partition(".")[0]

    @cached_property
    def kind(self) -> str:
        """What sort of organisation it is."""
        return self.details.text("organisation_type")

    @cached_property
    def is_court(self) -> bool:
        """Whether it is a court, or a tribunal that the courts service runs."""
        parents = [one.content_id for one in self.item.links("ordered_parent_organisations")]
        return self.kind == "court" or (self.kind == "tribunal" and HMCTS in parents)

    @property
    def index(self) -> Crumb:
        """The list that the organisation is in."""
        if self.is_court:
            return Crumb(self.label.plain("organisations.courts"), "/courts-tribunals")
        return Crumb(self.label.plain("organisations.organisations"), "/government/organisations")

    @property
    def is_part(self) -> bool:
        """Whether the page says what it is part of."""
        return self.kind == "sub_organisation"

    @property
    def is_promotional(self) -> bool:
        """Whether the page shows campaigns where others show people."""
        return self.kind == "civil_service" or self.slug == NUMBER_10

    @property
    def parents(self) -> list[Destination]:
        """The organisations it is part of."""
        return destinations(self.item.links("ordered_parent_organisations"))

    @cached_property
    def full_name(self) -> str:
        """The title as a sentence has it, with its article."""
        title = self.item.title
        named = WITH_ARTICLE.search(title) and not WITHOUT_ARTICLE.search(title)
        article = not title.strip().lower().startswith("the") and (self.is_court or named)
        return f"the {title}" if article else title

    @cached_property
    def short_name(self) -> str:
        """The name that people use."""
        return self.details.text("acronym") or self.full_name

    @property
    def notice(self) -> Markup:
        """What became of it."""
        return notice(self.item, self.label)

    def linked(self, name: str) -> list[Destination]:
        """Return a list of links that the item itself holds."""
        rows = self.details.objects(name)
        return [Destination(row.text("title"), row.text("href")) for row in rows if row]

    @cached_property
    def featured(self) -> list[Card]:
        """What it wants to be seen first."""
        return featured(self.details.objects("ordered_featured_documents"), self.label)

    @property
    def first_featured(self) -> Card:
        """The first of it, which says that it is featured instead of what kind of page it is."""
        return replace(self.featured[0], context=self.label.plain("organisations.featured"))

    @property
    def featured_briefly(self) -> list[Card]:
        """What is featured below the first."""
        return self.featured[1 : 1 + MOST_BELOW_FIRST]

    @cached_property
    def promoted(self) -> list[tuple[str, list[Card]]]:
        """What it promotes, by heading."""
        rows = self.details.objects("ordered_promotional_features")
        return [(row.text("title"), promotional(row)) for row in rows]

    @property
    def promoted_pictures(self) -> list[tuple[str, list[Card]]]:
        """The first of what it promotes with pictures."""
        pictured = [(title, [card for card in cards if card.src]) for title, cards in self.promoted]
        return [row for row in pictured if row[1]][:MOST_PROMOTED]

    @property
    def video(self) -> tuple[str, str, list[Destination]] | None:
        """The first film that it promotes: what it shows, its address, what goes with it."""
        for row in self.details.objects("ordered_promotional_features"):
            for item, card in zip(row.objects("items"), promotional(row), strict=False):
                film: Fields = item.fields("youtube_video")
                if film.text("id"):
                    address = f"https://www.youtube.com/watch?v={film.text('id')}"
                    return film.text("alt_text"), address, card.links
        return None

    @property
    def followed(self) -> list[tuple[str, Destination]]:
        """Where to follow it: what is said before each name, where the name itself does not."""
        before = self.label.plain("organisations.follow_on")
        return [
            ("" if any(call in one.text for call in CALLS) else before, one)
            for one in self.linked("social_media_links")
        ]

    @property
    def about(self) -> str:
        """Where more is said of it."""
        path = self.label.plain("organisations.about_path", slug=self.slug)
        languages = self.item.locale not in ("en", "cy")
        return f"{path}.{self.item.locale}" if languages else path

    @cached_property
    def people(self) -> list[Group]:
        """Who works for it."""
        return organisation_people.groups(self.item)

    @cached_property
    def contacts(self) -> list[Contact]:
        """How to reach it."""
        return contacts(self.item.links("ordered_contacts"), self.label)

    @cached_property
    def foi_contacts(self) -> list[Contact]:
        """How to ask it for information."""
        return contacts(self.item.links("ordered_foi_contacts"), self.label, foi=True)

    @property
    def high_profile(self) -> list[Destination]:
        """The groups in it that people look for."""
        groups = [
            one
            for one in self.item.links("ordered_high_profile_groups")
            if one.details.fields("organisation_govuk_status").text("status") in LISTED
        ]
        return destinations(sorted(groups, key=lambda one: one.base_path))

    @cached_property
    def pages(self) -> list[Destination]:
        """The pages about it."""
        return self.linked("ordered_corporate_information_pages")

    @property
    def jobs(self) -> list[Destination]:
        """Those of the pages that are about working for it and selling to it."""
        ends = ("/recruitment", "/procurement")
        return [one for one in self.pages if one.href.endswith(ends) or one.text == "Jobs"]
