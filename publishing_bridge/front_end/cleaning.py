"""A front end's page made safe: no scripts, no frames, nothing that acts, links led into the pack.

The head is written anew; of the body stays what a page needs. The content security policy of the
preview host stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import urljoin, urlsplit

import nh3
from django.conf import settings
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

TAGS = set(
    """
    a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup dd
    del details dfn div dl dt em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr
    i img input ins kbd label legend li main mark nav ol option p pre q s samp section select small
    span strong sub summary sup table tbody td textarea tfoot th thead time tr u ul var video audio
    source track
    """.split()  # noqa: SIM905 (a list of this length reads better as text)
)
EVERYWHERE = {"class", "id", "lang", "dir", "role", "title", "hidden", "tabindex"}
ATTRIBUTES = {
    "*": EVERYWHERE,
    "a": {"href", "hreflang", "rel", "type", "download"},
    "img": {"src", "srcset", "alt", "width", "height", "sizes", "loading"},
    "source": {"src", "srcset", "type", "media", "sizes"},
    "video": {"src", "poster", "controls", "width", "height"},
    "audio": {"src", "controls"},
    "track": {"src", "kind", "srclang", "label"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "details": {"open"},
    "label": {"for"},
    "input": {"type", "name", "value", "checked", "placeholder", "autocomplete"},
    "option": {"value", "selected"},
    "select": {"name"},
    "textarea": {"name", "rows", "cols"},
    "button": {"type", "name", "value"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "ins": {"datetime", "cite"},
    "del": {"datetime", "cite"},
}
ADDRESSES = ("href", "src", "poster", "cite")
LANGUAGES = 35  # characters of the longest language tag that is let through


@dataclass(frozen=True)
class Cleaned:
    """A page that is safe to keep, and its title."""

    title: str
    html: str


def cleaned(content: bytes, notice: str) -> Cleaned:
    """Return a front end's page (UTF-8) with the notice over it."""
    document = parsed(content)
    for element in document.iter():
        if isinstance(element, HtmlElement):
            lead(element)
    title = (document.findtext(".//title") or "").strip()
    body = document.find("body")
    inner = lxml_html.tostring(body, encoding="unicode") if body is not None else ""
    safe = nh3.clean(
        inner,
        tags=TAGS,
        clean_content_tags={"script", "style", "iframe", "object", "template", "noscript"},
        attributes=ATTRIBUTES,
        generic_attribute_prefixes={"aria-", "data-"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    classes = body.get("class", "") if body is not None else ""
    return Cleaned(title, page_of(document, title, classes, safe, notice))


def parsed(content: bytes) -> HtmlElement:
    """Return a page as a tree; one without anything in it is an empty page."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    try:
        return lxml_html.document_fromstring(content, parser=parser)
    except etree.ParserError:
        return lxml_html.document_fromstring("<p></p>")


def page_of(document: HtmlElement, title: str, classes: str, body: str, notice: str) -> str:
    """Return the whole page."""
    language = document.get("lang") or "en"
    sheets = "".join(
        f'<link rel="stylesheet" href="{escape(href)}">' for href in style_sheets(document)
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(language[:LANGUAGES])}" '
        f'class="{escape(document.get("class") or "")}"><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex, nofollow">{sheets}</head>'
        f'<body class="{escape(classes)}">'
        f'<div class="govuk-inset-text" role="region" aria-label="Preview">{escape(notice)}</div>'
        f"{body}</body></html>"
    )


def style_sheets(document: HtmlElement) -> Iterator[str]:
    """Give the addresses of the page's style sheets, those of the assets host only."""
    for link in document.iterfind(".//link"):
        href = link.get("href", "")
        if link.get("rel") == "stylesheet" and href.startswith(f"{settings.ASSETS_ORIGIN}/"):
            yield href


def lead(element: HtmlElement) -> None:
    """Write an element's addresses as paths of the site, or whole where they are files."""
    for name in ADDRESSES:
        value = element.get(name)
        if value is not None:
            element.set(name, led(value.strip(), is_file=element.tag != "a"))
    if sources := element.get("srcset"):
        rows = [row.strip().split(None, 1) for row in sources.split(",") if row.strip()]
        element.set("srcset", ", ".join(" ".join([led(row[0], True), *row[1:]]) for row in rows))


def led(address: str, is_file: bool) -> str:
    """Return an address: of the site as a path, of a front end's own files on the assets host."""
    for origin in own_origins():
        if address == origin or address.startswith((f"{origin}/", f"{origin}?", f"{origin}#")):
            address = address.removeprefix(origin) or "/"
            break
    if is_file and address.startswith("/") and not address.startswith("//"):
        return urljoin(f"{settings.ASSETS_ORIGIN}/", address)
    return address


@cache
def own_origins() -> tuple[str, ...]:
    """Return the addresses under which the site's pages go: live, draft, the front end itself."""
    live = urlsplit(settings.WEBSITE_ROOT)
    draft = f"{live.scheme}://{live.netloc.replace('www.', 'draft-origin.', 1)}"
    return (settings.WEBSITE_ROOT.rstrip("/"), draft, settings.FRONT_END_URL.rstrip("/"))
