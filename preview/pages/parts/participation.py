"""How people can take part: until when, and by what means.

Source: alphagov/frontend `app/models/concerns/{phases,ways_to_respond}.rb`,
`app/helpers/consultation_helper.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from preview.pages.item import ContentItem
from preview.pages.sanitise import sanitised

BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True)
class Phase:
    """How far something is that runs from one day to another. None of these: nobody knows."""

    unopened: bool
    open: bool
    closed: bool
    concluded: bool


def phase(item: ContentItem) -> Phase:
    """Return the phase, which the document type names (`open_consultation`)."""
    kind, name = item.document_type, item.schema_name
    concluded = kind == f"{name}_outcome"
    return Phase(
        unopened=kind == name,
        open=kind == f"open_{name}",
        closed=concluded or kind == f"closed_{name}",
        concluded=concluded,
    )


@dataclass(frozen=True)
class WaysToRespond:
    """Where an answer can be sent; `form` is a file to fill in and send."""

    online: str
    form: str
    email: str
    address: Markup


def ways_to_respond(item: ContentItem) -> WaysToRespond | None:
    """Return the ways to respond while there are any."""
    ways = item.details.fields("ways_to_respond")
    online, email = ways.text("link_url"), ways.text("email")
    address = ways.text("postal_address")
    if not phase(item).open or not (online or email or address):
        return None
    form = ways.text("attachment_url") if email or address else ""
    return WaysToRespond(online, form, email, lines(address))


def lines(text: str) -> Markup:
    """Return a text with line breaks as paragraphs."""
    paragraphs = [one for one in BETWEEN_PARAGRAPHS.split(text.replace("\r\n", "\n")) if one]
    broken = (str(escape(one)).replace("\n", "<br>") for one in paragraphs)
    return sanitised("".join(f"<p>{one}</p>" for one in broken))
