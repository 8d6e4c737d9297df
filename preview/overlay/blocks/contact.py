"""Contact blocks: a card with all ways to reach somebody, or one of them.

Source: alphagov/govuk_content_block_tools
`app/components/content_block_tools/contact_component.rb`,
`contacts/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from preview import govspeak
from preview.errors import GovspeakError
from preview.overlay.blocks.registry import Block, one_field, text_itself, whole

Way = Mapping[str, Any]
CARD = Markup('<div class="vcard"><p class="fn org content-block__title">{}</p>{}</div>')
SUBTITLE = Markup('<p class="content-block__subtitle">{}</p>')
LIST = Markup('<ul class="content-block__list">{}</ul>')
EMAIL = Markup('<a class="email" href="mailto:{}">{}</a>')
LINK = Markup('<a class="url" href="{}">{}</a>')
NUMBER = Markup('<li><span>{}: </span><span class="tel">{}</span></li>')
LINE = Markup('<span class="{}">{}</span>')
LINES = {
    "recipient": "organization-name",
    "street_address": "street-address",
    "town_or_city": "locality",
    "state_or_county": "region",
    "postal_code": "postal-code",
    "country": "country-name",
}


def text(way: Way, name: str) -> str:
    """Return a text of a way, empty where it has none."""
    value = way.get(name)
    return value if isinstance(value, str) else ""


def prose(way: Way, name: str = "description") -> Markup:
    """Return a Govspeak text of a way as HTML; one that can't be read as it stands."""
    source = text(way, name)
    try:
        return Markup(govspeak.to_html(source)) if source else Markup()  # noqa: S704 (sanitised)
    except GovspeakError:
        return escape(source)


def switched(way: Way, name: str) -> Way:
    """Return an optional part of a way, empty where it is switched off."""
    part = way.get(name)
    return part if isinstance(part, Mapping) and (part.get("show") is not False) else {}


def email_address(way: Way) -> Markup:
    """Return an e-mail address as a link."""
    address = text(way, "email_address")
    about = {name: quote(text(way, name)) for name in ("subject", "body") if text(way, name)}
    query = "&".join(f"{name}={value}" for name, value in about.items())
    target = f"{address}?{query}" if query else address
    shown = EMAIL.format(target, text(way, "label") or address)
    more = prose(way)
    items = [shown, more] if more else [shown]
    return LIST.format(Markup().join(Markup("<li>{}</li>").format(one) for one in items))


def telephone(way: Way) -> Markup:
    """Return telephone numbers with what is said of them."""
    rows = way.get("telephone_numbers")
    numbers = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    lines = [NUMBER.format(text(row, "label"), text(row, "telephone_number")) for row in numbers]
    charges = switched(way, "call_charges")
    address = text(charges, "call_charges_info_url")
    paid = Markup("<p>{}</p>").format(LINK.format(address, text(charges, "label")))
    return Markup().join(
        (
            prose(way),
            LIST.format(Markup().join(lines)),
            prose(switched(way, "bsl_guidance"), "value"),
            prose(switched(way, "opening_hours"), "opening_hours"),
            paid if address else Markup(),
        )
    )


def address(way: Way) -> Markup:
    """Return a postal address."""
    lines = [LINE.format(css, text(way, name)) for name, css in LINES.items() if text(way, name)]
    where = Markup('<p class="adr">{}</p>').format(Markup(",<br>").join(lines))
    return where + prose(way)


def contact_link(way: Way) -> Markup:
    """Return a link to a contact page."""
    target = text(way, "url")
    shown = LINK.format(target, text(way, "label") or target)
    return LIST.format(Markup("<li>{}</li>").format(shown)) + prose(way)


WAYS: dict[str, Callable[[Way], Markup]] = {
    "addresses": address,
    "contact_links": contact_link,
    "email_addresses": email_address,
    "telephones": telephone,
}


@whole("contact")
def contact(block: Block) -> Markup | None:
    """Return the card, with all ways or with the one that is named."""
    name = str(block.item.get("title") or "")
    if not block.path:
        return CARD.format(name, prose(block.details) + Markup().join(all_ways(block)))
    way, make = block.field(), WAYS.get(block.path[0])
    if make is None or not isinstance(way, Mapping):
        return None
    return CARD.format(name, make(way))


def all_ways(block: Block) -> Iterator[Markup]:
    """Yield every way to reach somebody, each under its title."""
    order = block.details.get("order")
    ways = [
        (f"{kind}.{name}", kind, way)
        for kind in WAYS
        for name, way in ways_of(block.details.get(kind))
    ]
    if isinstance(order, list):
        ways.sort(key=lambda row: order.index(row[0]) if row[0] in order else len(order))
    for _, kind, way in ways:
        yield SUBTITLE.format(text(way, "title")) + WAYS[kind](way)


def ways_of(rows: Any) -> list[tuple[str, Way]]:
    """Return the ways of one kind by name."""
    if not isinstance(rows, Mapping):
        return []
    return [(str(name), way) for name, way in rows.items() if isinstance(way, Mapping)]


@one_field("contact")
def one_way(block: Block) -> Markup | str | None:
    """Return an e-mail address as a link, any other field as it stands."""
    value = text_itself(block)
    is_email = value and block.path[-1] in ("email_address", "email")
    return EMAIL.format(value, value) if is_email else value
