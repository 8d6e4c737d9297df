"""Breadcrumbs that follow from an item's links.

Source: alphagov/govuk_publishing_components, `contextual_breadcrumbs` and its presenters.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from preview.pages.item import ContentItem


@dataclass(frozen=True)
class Crumb:
    """A breadcrumb; without an address it is text."""

    text: str
    href: str | None = None


HOME = Crumb("Home", "/")
DEEPEST = 12


def by_finder(item: ContentItem) -> list[Crumb]:
    """Return the finder that lists the item."""
    finder = item.link("finder")
    return [Crumb(finder.title, finder.base_path)] if finder else []


def by_browse_page(item: ContentItem) -> list[Crumb]:
    """Return the browse pages above the item."""
    parent = item.link("parent")
    browsed = parent and parent.document_type == "mainstream_browse_page"
    return ancestors(item, "parent") if browsed else []


def by_country_list(item: ContentItem) -> list[Crumb]:
    """Return what is above a country's travel advice."""
    return ancestors(item, "parent") if item.document_type == "travel_advice" else []


def by_organisation(item: ContentItem) -> list[Crumb]:
    """Return the organisation that a corporate information page with no parent is about."""
    of = item.link("organisations")
    if item.schema_name != "corporate_information_page" or of is None or item.link("parent"):
        return []
    return [Crumb("Organisations", "/government/organisations"), Crumb(of.title, of.base_path)]


def by_taxon(item: ContentItem) -> list[Crumb]:
    """Return the first live taxon by title, and what is above it."""
    if item.schema_name == "specialist_document":
        return []
    live = [taxon for taxon in item.links("taxons") if taxon.text("phase") == "live"]
    if not live:
        return []
    taxon = min(live, key=lambda one: one.title)
    return [*ancestors(taxon, "parent_taxons"), crumb(taxon)]


def by_parent(item: ContentItem) -> list[Crumb]:
    """Return what is above the item, whatever it is."""
    return ancestors(item, "parent")


RULES: tuple[Callable[[ContentItem], list[Crumb]], ...] = (
    by_finder,
    by_browse_page,
    by_country_list,
    by_organisation,
    by_taxon,
    by_parent,
)


def crumb(item: ContentItem) -> Crumb:
    """Return the breadcrumb of an item; a taxon may stand elsewhere than at its path."""
    return Crumb(item.title, item.details.text("url_override") or item.base_path)


def ancestors(item: ContentItem, kind: str) -> list[Crumb]:
    """Return what is above an item by one kind of link, the highest first."""
    found: list[Crumb] = []
    above = item.link(kind)
    while above is not None and len(found) < DEEPEST:
        found.insert(0, crumb(above))
        above = above.link(kind)
    return found


def breadcrumbs(item: ContentItem) -> list[Crumb]:
    """Return the breadcrumbs of an item by the first rule that gives any, Home first."""
    return [HOME, *next((found for rule in RULES if (found := rule(item))), [])]
