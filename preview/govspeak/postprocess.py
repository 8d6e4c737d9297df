"""What is done to the sanitised HTML: table headings, buttons, attachments, footnotes, numbers.

Source: alphagov/govspeak `lib/govspeak/post_processor.rb`, for the steps and their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any, TypeAlias

from lxml import etree

from preview.govspeak.components.attachment import attachment, attachment_link
from preview.govspeak.components.button import button
from preview.govspeak.labels import label
from preview.govspeak.numbering import Numbering
from preview.govspeak.options import Options, named

Element: TypeAlias = Any  # lxml's elements: its stubs know too little of them
Step = Callable[[Element, Options], None]
STEPS: list[tuple[str, Step]] = []
ROW_HEADING = re.compile(r"#(?:$|\s)")
ALIGNMENT = re.compile(r"text-align:\s*(\w+)")
SPACES = re.compile(r"\s+")
NOT_DIGITS = re.compile(r"\D")
ESCAPED_FIGURE = re.compile(
    r'&lt;(div class="img"|figcaption)&gt;(.*?)&lt;(/div|/figcaption)&gt;', re.DOTALL
)


def step(mark: str) -> Callable[[Step], Step]:
    """Register a step; it is left out where `mark` does not stand in the HTML."""

    def register(run: Step) -> Step:
        STEPS.append((mark, run))
        return run

    return register


def postprocess(html: str, options: Options) -> str:
    """Return the HTML after all steps that it asks for."""
    wanted = [run for mark, run in STEPS if mark in html]
    if options.auto_numbered_headers:
        wanted.append(number_headings)
    if not wanted:
        return html
    root = parsed(html)
    for run in wanted:
        run(root, options)
    return inside(root)


def parsed(html: str) -> Element:
    """Return an element that holds the HTML, read by libxml2."""
    return etree.fromstring(f"<div>{html}</div>", etree.HTMLParser(huge_tree=True))[0][0]


def inside(element: Element) -> str:
    """Return the HTML of what is inside an element."""
    parts = [escape(element.text or "", quote=False)]
    parts += [etree.tostring(child, encoding="unicode", method="html") for child in element]
    return "".join(parts)


def replace(element: Element, html: str) -> None:
    """Put HTML in the place of an element; its tail stays."""
    fresh = parsed(html)[0]
    fresh.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, fresh)


def remove(element: Element) -> None:
    """Remove an element; its tail stays."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def text_of(element: Element) -> str:
    """Return the text of an element and of all below it."""
    return "".join(element.itertext())


@step("<blockquote")
def mark_last_paragraphs(root: Element, options: Options) -> None:  # noqa: ARG001 (a step)
    """Mark the last paragraph of a quotation."""
    for quotation in root.iter("blockquote"):
        for paragraph in quotation.iter("p"):
            if paragraph.getnext() is None:
                paragraph.set("class", "last-child")


@step("legislative-list-wrapper")
def number_legislative_lists(root: Element, options: Options) -> None:  # noqa: ARG001 (a step)
    """Turn the lists of a legislative list into numbered ones without numbers."""
    for wrapper in root.iter("div"):
        if wrapper.get("class") != "legislative-list-wrapper":
            continue
        for number, found in enumerate(list(wrapper.iter("ul"))):
            found.tag = "ol"
            if number == 0:
                found.set("class", "legislative-list")


@step("<figure")
def mend_figures(root: Element, options: Options) -> None:  # noqa: ARG001 (a step)
    """Mend figures inside text, whose blocks the Markdown pass took for text."""
    for figure in list(root.iter("figure")):
        html = inside(figure)
        if "image" not in (figure.get("class") or "").split() or "&lt;" not in html:
            continue
        mended = ESCAPED_FIGURE.sub(r"<\1>\2<\3>", html)
        fresh = parsed(mended)
        for child in list(figure):
            figure.remove(child)
        figure.text = fresh.text
        figure.extend(list(fresh))


@step("<govspeak-embed-attachment ")
def embed_attachments(root: Element, options: Options) -> None:
    """Put the attachment component in its place."""
    for place in list(root.iter("govspeak-embed-attachment")):
        found = named(options.attachments, "id", place.get("id") or "")
        if found is None:
            remove(place)
        else:
            replace(place, attachment(found, options.locale))


@step("<govspeak-embed-attachment-link ")
def embed_attachment_links(root: Element, options: Options) -> None:
    """Put the attachment link component in its place."""
    for place in list(root.iter("govspeak-embed-attachment-link")):
        found = named(options.attachments, "id", place.get("id") or "")
        if found is None:
            remove(place)
        else:
            replace(place, attachment_link(found, options.locale))


@step("<table")
def mark_table_headings(root: Element, options: Options) -> None:  # noqa: ARG001 (a step)
    """Give headings of columns and rows their scope, and cells their alignment."""
    for table in root.iter("table"):
        for cell in list(table.iterfind(".//thead//th")):
            column_heading(cell)
        for row in table.iter("tr"):
            first = row[0] if len(row) else None
            in_head = row.getparent() is not None and row.getparent().tag == "thead"
            if first is not None and first.tag == "td" and not in_head:
                row_heading(first)
        for cell in table.iter("th", "td"):
            if found := ALIGNMENT.search(cell.attrib.pop("style", "")):
                cell.set("class", f"cell-text-{found[1]}")


def column_heading(cell: Element) -> None:
    """Make a heading of a column; an empty one is an ordinary cell."""
    if cell.text and cell.text.startswith("# "):
        cell.text = cell.text[2:]
    if len(cell) or (cell.text or "").strip():
        cell.set("scope", "col")
    else:
        cell.text, cell.tag = None, "td"


def row_heading(cell: Element) -> None:
    """Make a heading of a row where the cell starts with `# `."""
    if not cell.text or not ROW_HEADING.match(cell.text):
        return
    cell.text = ROW_HEADING.sub("", cell.text, count=1)
    if len(cell) or cell.text:
        cell.tag = "th"
        cell.set("scope", "row")


@step("govuk-button")
def make_buttons(root: Element, options: Options) -> None:  # noqa: ARG001 (a step)
    """Put the button component in the place of links that ask for it."""
    for link in list(root.iter("a")):
        if "govuk-button" not in (link.get("class") or "").split():
            continue
        data = {
            name: link.get(name, "")
            for name in ("data-module", "data-tracking-code", "data-tracking-name")
            if link.get(name)
        }
        text = SPACES.sub(" ", inside(link)).strip()
        start = link.get("data-start") == "true"
        replace(link, button(text, link.get("href") or "", start=start, data=data))


@step("footnote")
def name_footnotes(root: Element, options: Options) -> None:
    """Write out the marks of footnotes, and say where their links back lead."""
    for link in root.iter("a"):
        if "footnote" in (link.get("class") or "").split():
            number = NOT_DIGITS.sub("", link.get("href") or "")
            for child in list(link):
                link.remove(child)
            link.text = f"[{label('footnote', options.locale)} {number}]"
        if link.get("role") == "doc-backlink":
            again = link.find(".//sup")
            number = f" {text_of(again)}" if again is not None and text_of(again).strip() else ""
            link.set("aria-label", label("footnote_back", options.locale) + number)


def number_headings(root: Element, options: Options) -> None:
    """Write numbers before the headings of the chosen levels."""
    numbering = Numbering(options)
    for heading in root.iter("h2", "h3", "h4", "h5", "h6"):
        heading.text = numbering.before(int(heading.tag[1])) + (heading.text or "")
