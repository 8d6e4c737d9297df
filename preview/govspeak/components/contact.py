"""The contact card.

Source: alphagov/govspeak `lib/templates/contact.html.erb`, for structure and classes;
`config/address_formats.yml` (from the Universal Postal Union's formats) for the order of lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from preview.govspeak.components.address_formats import DEFAULT, FORMATS
from preview.govspeak.labels import label
from preview.govspeak.options import Item, text_of

ADDRESS = re.compile(r"\b((?:https?://|www\.)[^\s<]+[^\s<.,;:!?)\]'\"])")
FIELD = re.compile(r"\{\{([a-z-]+)\}\}")
CLASSES = {
    "fn": "title",
    "street-address": "street_address",
    "locality": "locality",
    "region": "region",
    "postal-code": "postal_code",
    "country-name": "world_location",
}
SHORT = 25
LINE_END = re.compile(r"\r?\n")


def contact_card(contact: Item, locale: str) -> str:
    """Return the card of a contact."""
    details = contact.get("details")
    details = details if isinstance(details, Mapping) else {}
    addresses = [one for one in map(postal_address, items(details, "post_addresses")) if one]
    postal = " postal-address" if addresses else ""
    own_id = escape(text_of(contact, "content_id"))
    body = "".join(
        [
            f"<p>{text_of(contact, 'title')}</p>\n",
            *addresses,
            ways(details, locale),
            comments(text_of(contact, "description")),
        ]
    )
    return (
        f'\n<div id="contact_{own_id}" class="contact{postal}">\n<div class="content">\n'
        f'<div class="vcard contact-inner">\n{body}</div>\n</div>\n</div>\n'
    )


def items(details: Item, key: str) -> list[Item]:
    """Return a list of objects."""
    found = details.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def postal_address(address: Item) -> str:
    """Return an address in the format of its country; "" where every field is empty."""
    values = {
        name: LINE_END.sub("<br />", escape(text_of(address, key).strip()))
        for name, key in CLASSES.items()
    }
    if values["country-name"] == "United Kingdom":
        values["country-name"] = ""
    if not any(values.values()):
        return ""
    code = text_of(address, "iso2_country_code").lower()
    lines = []
    for line in FORMATS.get(code, DEFAULT).split("\n"):
        filled = FIELD.sub(lambda field: shown(field[1], values), line)
        if FIELD.search(line) and "<span" in filled:
            lines.append(tidy(filled))
    return f'<p class="adr">\n{"<br />".join(lines)}\n</p>\n'


def shown(name: str, values: dict[str, str]) -> str:
    """Return a field of an address."""
    return f'<span class="{name}">{values[name]}</span>' if values.get(name) else ""


def tidy(line: str) -> str:
    """Drop the spaces and commas that empty fields leave."""
    return re.sub(r"\s+", " ", line).strip(" ,") if "<br" not in line else line.strip(" ,")


def ways(details: Item, locale: str) -> str:
    """Return e-mail addresses, forms and telephone numbers."""
    parts = []
    for one in items(details, "email_addresses"):
        if email := text_of(one, "email"):
            link = f'<a href="mailto:{escape(email)}" class="email">'
            text = escape(text_of(one, "title") or email)
            parts.append(way("email", label("email", locale), f"{link}{text}</a>"))
    for one in items(details, "contact_form_links"):
        if address := text_of(one, "link"):
            short = address if len(address) <= SHORT else f"{address[: SHORT - 3]}..."
            link = f'<a href="{escape(address)}">{escape(short)}</a>'
            parts.append(way("contact_form_url", label("contact_form", locale), link))
    parts += [
        way("tel", escape(text_of(one, "title")), escape(text_of(one, "number")))
        for one in items(details, "phone_numbers")
        if text_of(one, "number")
    ]
    return f'<div class="email-url-number">\n{"".join(parts)}</div>\n' if parts else ""


def way(kind: str, name: str, value: str) -> str:
    """Return one way to get in touch."""
    return f'<p class="{kind}">\n<span class="type">{name}</span>\n{value}\n</p>\n'


def comments(text: str) -> str:
    """Return the description, with addresses made links."""
    if not text.strip():
        return ""
    linked = ADDRESS.sub(
        lambda found: f'<a href="{href(found[1])}">{found[1]}</a>',
        escape(text.strip(), quote=False),
    )
    return f'<p class="comments">{LINE_END.sub("<br />", linked)}</p>\n'


def href(address: str) -> str:
    """Return where an address in a text leads."""
    return address if "://" in address else f"http://{address}"
