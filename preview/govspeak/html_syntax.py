"""How HTML inside a text is recognised, and which elements are blocks, spans, or taken raw.

Source: kramdown `parser/html.rb`, for the classes of elements and the shape of a tag.
"""

from __future__ import annotations

import re
from typing import Any


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


NCNAME = r"[^\W\d][\w.\-\u00b7]*"
NAME = rf"(?:{NCNAME}:)?{NCNAME}"
TAG = re.compile(
    rf"""<(?P<name>{NAME})(?P<attributes>(?:\s+{NAME}(?:\s*=\s*(?:\w+|"[^"]*"|'[^']*'))?)*)\s*(?P<closed>/)?>"""
)
CLOSE = re.compile(rf"</(?P<name>{NAME})\s*>")
ENTITY = re.compile(r"&(?:(?P<name>[\w:][\w:.-]*)|#(?P<decimal>\d+)|#x(?P<hex>[0-9a-fA-F]+));")
ATTRIBUTE = re.compile(
    rf"""\s*(?P<name>{NAME})(?:\s*=\s*(?:(?P<bare>\w+)|"(?P<double>[^"]*)"|'(?P<single>[^']*)'))?"""
)
SPAN = words(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark "
    "option q rb rbc rp rt rtc ruby samp select small span strong sub sup time textarea tt u "
    "var"
)
BLOCK = words(
    "address article aside applet body blockquote caption col colgroup dd div dl dt fieldset "
    "figcaption footer form h1 h2 h3 h4 h5 h6 header hgroup hr html head iframe legend menu "
    "li main map nav ol optgroup p pre section summary table tbody td th thead tfoot tr ul"
)
WITHOUT_BODY = words(
    "area base br col command embed hr img input keygen link meta param source track wbr"
)
HOLDS_SPANS = words(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt"
)
HOLDS_BLOCKS = words(
    "address applet article aside blockquote body dd details div dl fieldset figure "
    "figcaption footer form header hgroup iframe li main map menu nav noscript object section "
    "summary td"
)
KNOWN = SPAN | BLOCK | WITHOUT_BODY | HOLDS_SPANS | HOLDS_BLOCKS | words("math script style svg")
MARKDOWN_ATTRIBUTE = {"0": "raw", "1": "default", "span": "span", "block": "block"}


def skipped(text: str, at: int, fruitless: set[Any]) -> int:
    """Return where a comment or a processing instruction at `at` ends; `at` where there is none.

    `fruitless` remembers that no end was found, which is then not looked for again.
    """
    for opened, closed in (("<!--", "-->"), ("<?", "?>")):
        if text.startswith(opened, at) and opened not in fruitless:
            end = text.find(closed, at + len(opened))
            if end >= 0:
                return end + len(closed)
            fruitless.add(opened)
    return at


def content_model(name: str) -> str:
    """Return how the inside of an element is read by default: `span`, `block` or `raw`."""
    if name in HOLDS_SPANS:
        return "span"
    return "block" if name in HOLDS_BLOCKS else "raw"


def folded(name: str) -> str:
    """Return the name in lower case where HTML knows it."""
    lower = name.lower()
    return lower if lower in KNOWN else name


def attributes(text: str, *, known: bool = True) -> dict[str, str]:
    """Return the attributes of a tag; names of a known element's attributes in lower case."""
    found: dict[str, str] = {}
    for one in ATTRIBUTE.finditer(text):
        name = one["name"].lower() if known else one["name"]
        value = next((v for v in (one["bare"], one["double"], one["single"]) if v is not None), "")
        found[name] = value
    return found
