"""A page made to stand alone: no script, no style sheet, no address that a browser would ask.

What stands in `main` is kept. Images of drafts are put inside, others told in words. Links to pages
of the same file lead within it, all others stay what they are: they ask nobody until followed.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from lxml import html
from markupsafe import Markup

from preview.pages.sanitise import ATTRIBUTES, ELEMENTS
from preview.rendering.links import OWN_PAGES

MOST_IMAGE_BYTES = 2 * 1024 * 1024
Image = Callable[[str], tuple[str, bytes] | None]
GONE = (
    *("script", "style", "link", "meta", "base", "template", "noscript", "iframe", "object"),
    *(
        "embed",
        "video",
        "audio",
        "source",
        "track",
        "form",
        "input",
        "button",
        "select",
        "textarea",
    ),
)
# A file has one of each landmark: its own. `section` would be one where it has a name.
PLAIN = ("main", "nav", "header", "footer", "aside", "section", "search", "article")
LANDMARKS = {"main", "navigation", "banner", "contentinfo", "complementary", "search", "region"}
TELL_IDS = (
    "id",
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
)
LINKS = ("https://", "http://", "mailto:", "tel:")
DROPPED = ("srcset", "sizes", "loading", "target", "ping", "style", "background", "poster")
NAMES = ("role", "aria-label", "aria-labelledby")
LOWER = {f"h{level}": f"h{level + 1}" for level in range(1, 6)}


def inside_only(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001 (nh3's signature)
    """Return the value of an attribute; None where a browser would ask an address for it."""
    if name in ("src", "srcset"):
        return value if name == "src" and value.startswith("data:image/") else None
    return None if name == "href" and value.startswith("data:") else value


GATE = nh3.Cleaner(
    tags=ELEMENTS,
    clean_content_tags={"style", "script"},
    attributes=ATTRIBUTES,
    attribute_filter=inside_only,
    url_schemes={"http", "https", "mailto", "tel", "data"},
    link_rel=None,
)
LIVE_IMAGE = "[Image: {alt}. It is on the live site.]"


@dataclass(frozen=True)
class Article:
    """A page of the file: its number from 1, title, path, and HTML that needs nothing else."""

    number: int
    title: str
    path: str
    body: Markup


def alone(page: str, path: str, title: str, places: Mapping[str, int], image: Image) -> Article:
    """Return a page as a part of the file; `places` are the numbers of its pages by path."""
    number = places[path]
    root: Any = html.document_fromstring(page)
    mains = root.xpath("//main")
    main = mains[0] if mains else root.xpath("//body")[0]
    for one in main.xpath(".//*[@data-preview-furniture]|.//comment()"):
        one.drop_tree()
    for one in list(main.iter(*GONE)):
        if one is not main:
            one.drop_tree()
    for one in list(main.iter("img")):
        show(one, image)
    for one in main.iter():
        mend(one, number, places)
    inside = html.tostring(main, encoding="unicode", method="html", with_tail=False)
    return Article(number, title, path, Markup(GATE.clean(inside)))  # noqa: S704 (just sanitised)


def show(image: Any, find: Image) -> None:
    """Put a draft's image inside the page; say in words what another one shows."""
    found = find(image.get("src", "").removeprefix(OWN_PAGES))
    if found is not None:
        kind, content = found
        image.set("src", f"data:{kind};base64,{base64.b64encode(content).decode()}")
        return
    alt = image.get("alt", "").strip()
    words = html.Element("span")
    words.text = LIVE_IMAGE.format(alt=alt) if alt else ""
    words.tail = image.tail
    image.getparent().replace(image, words)


def mend(element: Any, number: int, places: Mapping[str, int]) -> None:
    """Mend one element: ids of its own page, links within the file, headings one level down."""
    tag = element.tag
    if not isinstance(tag, str):
        return
    for name in list(element.attrib):
        if name.startswith(("on", "data-")) or name in DROPPED:
            del element.attrib[name]
    if element.get("role") in LANDMARKS:
        del element.attrib["role"]
    if tag in PLAIN:
        element.tag = "div"
        for name in NAMES:
            element.attrib.pop(name, None)
    if tag in LOWER:
        element.tag = LOWER[tag]
    own_ids(element, number)
    if tag in ("a", "area"):
        lead(element, number, places)


def own_ids(element: Any, number: int) -> None:
    """Give ids the number of their page, so that no two pages have the same."""
    for name in TELL_IDS:
        if told := element.get(name):
            element.set(name, " ".join(f"page-{number}-{one}" for one in told.split()))


def lead(link: Any, number: int, places: Mapping[str, int]) -> None:
    """Let a link lead within the file, to another site, or nowhere."""
    address = link.attrib.pop("href", "")
    path, _, fragment = address.removeprefix(OWN_PAGES).partition("#")
    if address.startswith("#"):
        link.set("href", f"#page-{number}-{address[1:]}")
    elif address.startswith(OWN_PAGES) and path.partition("?")[0] in places:
        there = places[path.partition("?")[0]]
        link.set("href", f"#page-{there}-{fragment}" if fragment else f"#page-{there}")
    elif address.startswith(LINKS):
        link.set("href", address)
        link.set("rel", "noreferrer")
