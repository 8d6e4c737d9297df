"""The one place where HTML from outside becomes HTML of a page.

Source: alphagov/govspeak `lib/govspeak/html_sanitizer.rb`, for what publishers may write.
"""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup

ELEMENTS = nh3.ALLOWED_TAGS | {
    "section",
    "figure",
    "figcaption",
    "svg",
    "path",
    "details",
    "summary",
}
NO_ELEMENTS: set[str] = {"style", "script"}
EVERYWHERE = {"class", "id", "lang", "dir", "title", "role", "aria-label", "aria-hidden"}
ATTRIBUTES = {
    **{name: set(values) for name, values in nh3.ALLOWED_ATTRIBUTES.items()},
    "*": EVERYWHERE,
    "a": {"href", "hreflang", "rel", "draggable", "aria-describedby"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope", "headers", "abbr"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "ol": {"start", "type"},
    "svg": {"xmlns", "width", "height", "viewbox", "focusable"},
    "path": {"fill", "d"},
}
SCHEMES = {"http", "https", "mailto", "ftp", "tel"}
CLEANER = nh3.Cleaner(
    tags=ELEMENTS - NO_ELEMENTS,
    clean_content_tags=NO_ELEMENTS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    link_rel=None,
)
HIDDEN = 'aria-hidden="true"'
HIDDEN_LINK = re.compile(rf'(<a(?: [^<>"]+="[^"]*")*? ){HIDDEN}')

# Control characters, halves of characters and what Unicode reserves: HTML may not hold them.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def readable(text: str) -> str:
    """Return a text without the characters that HTML may not hold."""
    return UNREADABLE.sub("", text)


def sanitised(html: str) -> Markup:
    """Return the HTML without anything that could act: scripts, handlers, styles, frames, forms."""
    clean = CLEANER.clean(readable(html))
    if HIDDEN in clean:  # a link that nobody is told of is not reached by keyboard either
        clean = HIDDEN_LINK.sub(rf'\1tabindex="-1" {HIDDEN}', clean)
    return Markup(clean)  # noqa: S704 (what nh3 produced is what may stand unescaped)
