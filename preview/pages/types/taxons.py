"""Topics of the taxonomy, and the topics about a country.

What is tagged to a topic comes from search, so that a preview shows the frame around it.
Source: alphagov/collections `app/views/{taxons,world_wide_taxons}/`,
`app/presenters/world_wide_taxon_presenter.rb`, `app/services/world_taxonomy_sorter.rb`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.furniture.breadcrumbs import HOME, Crumb, ancestors
from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card
from preview.pages.parts.contents import Entry
from preview.pages.registry import PageType, View, page_type

WORLD = "/world/"
STUBBED = "What is tagged to the topic comes from search and is not part of this preview."
FIRST_OF_A_COUNTRY = (
    "Emergency help for British nationals",
    "Transition",
    "Passports and emergency travel documents",
    "Travelling to",
    "Coming to the UK",
    "Living in",
    "Tax, benefits, pensions and working abroad",
    "Birth, death and marriage abroad",
    "News and events",
    "Trade and invest",
    "British embassy or high commission",
)


@page_type
class Taxon(PageType):
    """A topic: those below it, and what is tagged to it."""

    schemas: ClassVar[tuple[str, ...]] = ("taxon",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the topic; one that is only being tried out has no page on the live site."""
        self.item.remarks.add("stubbed", STUBBED)
        crumbs = [HOME, *ancestors(self.item, "parent_taxons")]
        if self.item.text("phase") == "alpha":
            what = "The live site has no page for this topic, because its phase is alpha."
            self.item.remarks.add("stubbed", what)
        if self.item.base_path.startswith(WORLD):
            return self.of_country(crumbs)
        meta = {"govuk:navigation-page-type": "Taxon Page"}
        return self.topic("pages/taxon.html", crumbs, meta, "noindex")

    def of_country(self, crumbs: list[Crumb]) -> View:
        """Return the page of a country, or of a topic about one."""
        kind = "accordion" if self.children else "leaf"
        robots = "" if self.live else "noindex, nofollow"
        meta = {"govuk:navigation-page-type": kind}
        return self.topic("pages/taxon_of_country.html", crumbs, meta, robots)

    def topic(self, template: str, crumbs: list[Crumb], meta: dict[str, str], robots: str) -> View:
        """Return a page of either kind."""
        return View(
            template,
            self.item.title,
            status=404 if self.item.text("phase") == "alpha" else 200,
            crumbs=crumbs,
            article=False,
            robots=robots,
            says_english=True,
            meta=meta,
        )

    @property
    def live(self) -> bool:
        """Whether readers can ask for e-mails about it."""
        return self.item.text("phase") == "live"

    @cached_property
    def children(self) -> list[Card]:
        """The topics below it that have a page."""
        linked = self.item.links("child_taxons")
        shown = [one for one in linked if one.text("phase") != "alpha"]
        return [
            Card(text=one.title, href=address(one), description=one.description) for one in shown
        ]

    @cached_property
    def children_of_country(self) -> list[Card]:
        """The topics about a country: those that every country has first, in one order."""
        left: list[Card] = list(self.children)
        first: list[Card] = []
        for title in FIRST_OF_A_COUNTRY:
            found = next((one for one in left if one.text.startswith(title)), None)
            if found:
                left.remove(found)
                first.append(found)
        return first + left

    @cached_property
    def entries(self) -> list[Entry]:
        """The contents list."""
        entries = [Entry(self.label.plain("taxon.organisations"), "#organisations")]
        if self.children:
            entries.append(Entry(self.label.plain("taxon.sub_topics"), "#sub-topics"))
        return entries


def address(taxon: ContentItem) -> str:
    """Return where a topic stands, which may be elsewhere than at its path."""
    return taxon.details.text("url_override") or taxon.base_path
