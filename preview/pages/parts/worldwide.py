"""A worldwide organisation, as its own page and the pages below it show it.

Source: alphagov/frontend `app/presenters/worldwide_organisation_presenter.rb`,
`concerns/worldwide_organisation_branding.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from preview.pages.furniture.related import Destination, destinations, slug
from preview.pages.item import ContentItem
from preview.pages.labels import Labels
from preview.pages.templates import name_lines

DEFAULT_BRAND = "single-identity"


@dataclass(frozen=True)
class Header:
    """What stands at the head: name, brand, the news pages of its locations, whose it is."""

    name: Markup | str
    href: str = ""
    brand: str = DEFAULT_BRAND
    locations: list[Destination] = field(default_factory=list)
    sponsors: list[Destination] = field(default_factory=list)


def header(organisation: ContentItem, label: Labels) -> Header:
    """Return the header of a worldwide organisation; a sponsor lends it its brand."""
    sponsors = organisation.links("sponsoring_organisations")
    brand = sponsors[0].details.text("brand") if sponsors else ""
    return Header(
        name_lines(organisation.details.fields("logo")) or organisation.title,
        organisation.base_path,
        brand or DEFAULT_BRAND,
        locations(organisation, label),
        destinations(sponsors),
    )


def locations(organisation: ContentItem, label: Labels) -> list[Destination]:
    """Return the news pages of the places where it works, by their names in its language."""
    rows = organisation.details.objects("world_location_names")
    names = {row.text("content_id"): row.text("name") for row in rows}
    return [
        Destination(
            label.plain("worldwide.news_link", country=names.get(one.content_id) or one.title),
            one.base_path or f"/world/{slug(one.title)}/news",
        )
        for one in organisation.links("world_locations")
    ]
