"""The one place where HTML is made safe: an allow-list, applied by an HTML5 parser.

Source: Sanitize (Ruby) "relaxed" configuration and alphagov/govspeak `lib/govspeak/
html_sanitizer.rb`, for what is allowed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

import nh3

from preview.govspeak.html_syntax import words
from preview.govspeak.options import Options

ELEMENTS = words(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data "
    "dd del dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i "
    "img ins kbd li main mark nav ol p path pre q rp rt ruby s samp section small span strike "
    "strong sub sup summary svg table tbody td tfoot th thead time title tr u ul var wbr "
    "govspeak-embed-attachment govspeak-embed-attachment-link"
)
EVERYWHERE = words("class dir hidden id lang tabindex title translate role aria-label")
CELL = "abbr align axis colspan headers rowspan valign width style"
ATTRIBUTES: dict[str, frozenset[str]] = {
    name: frozenset(allowed.split())
    for name, allowed in {
        "a": "href hreflang name rel draggable",
        "blockquote": "cite",
        "col": "span width",
        "colgroup": "span width",
        "data": "value",
        "del": "cite datetime",
        "img": "align alt border height src srcset width",
        "ins": "cite datetime",
        "li": "value",
        "ol": "reversed start type",
        "q": "cite",
        "table": "align bgcolor border cellpadding cellspacing frame rules sortable summary width",
        "td": CELL,
        "th": f"{CELL} scope sorted",
        "time": "datetime pubdate",
        "ul": "type",
        "svg": "xmlns width height viewbox viewBox focusable",
        "path": "fill d",
        "govspeak-embed-attachment": "content-id",
        "govspeak-embed-attachment-link": "content-id",
    }.items()
}
WITH_DATA = frozenset({"a", "div", "span"})
WITHOUT_CONTENT = words(
    "iframe math noembed noframes noscript plaintext script style xmp template object"
)
SCHEMES = frozenset({"ftp", "http", "https", "mailto"})
ALIGNMENT = re.compile(r"\s*text-align\s*:\s*(left|right|center|justify)\s*;?\s*", re.IGNORECASE)
# What the components add to a page after the text was sanitised.
COMPONENT_ELEMENTS = frozenset({"details"})
COMPONENT_ATTRIBUTES = {
    "a": frozenset({"target", "aria-hidden"}),
    "svg": frozenset({"aria-hidden", "version"}),
}
# Attributes whose value is judged here and not by the parser's own rules, and what shows them.
JUDGED = frozenset({"style", "src", "srcset"})
JUDGED_MARKS = ("style", "src", "data-")
WITHOUT_ADDRESS = re.compile(r"<img(?![^<>]* src=)[^<>]*>")
# The end tag of an empty item is optional in HTML, and the reference leaves it out.
EMPTY_ITEM = re.compile(r"(<li(?: [^<>]*)?>)</li>")
Keep = Callable[[str, str, str], str | None]


def sanitise(html: str, options: Options) -> str:
    """Return the HTML of an editor with what the allow-list names, and nothing else."""
    cleaner = cleaner_for(
        tuple(options.allowed_elements),
        tuple(options.allowed_image_hosts),
        components=False,
        judging=needs_judging(html),
    )
    cleaned = without_ends_of_empty_items(cleaner.clean(html))
    # An image from elsewhere has lost its address above; nothing of it stays.
    return WITHOUT_ADDRESS.sub("", cleaned) if options.allowed_image_hosts else cleaned


def sanitise_page(html: str, options: Options) -> str:
    """Return the finished HTML: once more the allow-list, with what components are made of."""
    cleaner = cleaner_for(
        tuple(options.allowed_elements), (), components=True, judging=needs_judging(html)
    )
    return without_ends_of_empty_items(cleaner.clean(html))


def without_ends_of_empty_items(html: str) -> str:
    """Return the HTML in which empty items have no end tag."""
    return EMPTY_ITEM.sub(r"\1", html) if "></li>" in html else html


def needs_judging(html: str) -> bool:
    """Say whether the HTML may hold an attribute whose value decides whether it stays."""
    lower = html.lower()
    return any(mark in lower for mark in JUDGED_MARKS)


@lru_cache(maxsize=64)
def cleaner_for(
    more: Sequence[str], image_hosts: Sequence[str], *, components: bool, judging: bool
) -> nh3.Cleaner:
    """Return a sanitiser; `more` are elements that are allowed besides.

    Without `judging` it allows no attribute that would have to be judged, which is twice as fast.
    """
    tags = set(ELEMENTS | set(more))
    attributes = {"*": set(EVERYWHERE), **{name: set(known) for name, known in ATTRIBUTES.items()}}
    if components:
        tags |= COMPONENT_ELEMENTS
        for name, known in COMPONENT_ATTRIBUTES.items():
            attributes[name] |= known
    if not judging:
        attributes = {name: known - JUDGED for name, known in attributes.items()}
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=set(WITHOUT_CONTENT - tags),
        attributes=attributes,
        attribute_filter=keep(frozenset(image_hosts)) if judging else None,
        generic_attribute_prefixes={"data-"} if judging else set(),
        url_schemes=set(SCHEMES),
        link_rel=None,
        strip_comments=True,
    )


def keep(image_hosts: frozenset[str]) -> Keep:
    """Return what decides over the values of attributes that the allow-list names."""

    def value_of(element: str, name: str, value: str) -> str | None:
        if name == "style":
            found = ALIGNMENT.fullmatch(value)
            return f"text-align: {found[1].lower()}" if found else None
        if name.startswith("data-"):
            return value if element in WITH_DATA else None
        if element == "img" and name in ("src", "srcset"):
            return value if is_shown(value, image_hosts) else None
        return value

    return value_of


def is_shown(address: str, hosts: frozenset[str]) -> bool:
    """Say whether an image of this address may be shown."""
    scheme = address.strip().split(":", 1)[0].lower() if ":" in address.split("/", 1)[0] else ""
    if scheme not in ("", "http", "https"):
        return False
    if not hosts:
        return True
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return False
    return host is None or host in hosts
