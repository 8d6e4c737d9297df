"""What becomes of elements that extensions wrote, where the HTML is written in its final form.

Source: alphagov/govspeak `lib/govspeak/post_processor.rb`, for what is made.
"""

from __future__ import annotations

import re
from html import unescape

from preview.govspeak.components.attachment import attachment, attachment_link
from preview.govspeak.components.button import button
from preview.govspeak.escaping import escape_value
from preview.govspeak.finished import FinishedWriter, finishes_element, quotation, with_class
from preview.govspeak.options import named
from preview.govspeak.tree import Node
from preview.govspeak.writer import Writer

# A table inside HTML that is as it should be has none of these.
UNFINISHED_TABLE = re.compile(r'<t[dh][^<>]*>#|<th(?=[ >])(?! scope=)|style="')
SPACES = re.compile(r"\s+")
TRACKING = ("data-module", "data-tracking-code", "data-tracking-name")


@finishes_element("blockquote")
def quotation_element(writer: FinishedWriter, node: Node) -> str:
    """Write a quotation that an extension wrote."""
    return quotation(writer, node)


@finishes_element("div")
def box(writer: FinishedWriter, node: Node) -> str:
    """Write a box; the lists of a legislative list become numbered ones without numbers."""
    if node.attributes.get("class") != "legislative-list-wrapper":
        return Writer.writers["html"](writer, node)
    body = writer.inside(node)
    writer.unsure |= "legislative-list-wrapper" in body
    # The first one is marked, and numbered ones inside it stay what they are.
    before, first, behind = body.partition("<ul")
    if first:
        start, _, rest = behind.partition(">")
        start = with_class(start, "legislative-list")
        body = f"{before}<ol{start}>{rest.replace('<ul', '<ol')}".replace("</ul>", "</ol>")
    return writer.element("div", node, body)


@finishes_element("table")
def table_element(writer: FinishedWriter, node: Node) -> str:
    """Write a table of a text inside this one, which is finished already."""
    written = Writer.writers["html"](writer, node)
    writer.unsure |= UNFINISHED_TABLE.search(written) is not None
    return written


@finishes_element("figure")
def figure(writer: FinishedWriter, node: Node) -> str:
    """Write a figure; one whose blocks were taken for text is mended the longer way."""
    written = Writer.writers["html"](writer, node)
    writer.unsure |= "&lt;" in written
    return written


@finishes_element("a")
def link(writer: FinishedWriter, node: Node) -> str:
    """Write a link, or the button component where it asks for it."""
    classes = node.attributes.get("class", "").split()
    if "govuk-button" not in classes:
        body = writer.inside(node)
        # Footnotes of a text inside this one are finished already.
        back = node.attributes.get("role") == "doc-backlink" and "aria-label" not in node.attributes
        writer.unsure |= back or ("footnote" in classes and not body.startswith("["))
        return writer.element("a", node, body)
    # A component of a text inside this one has no arrow left to ask for.
    writer.unsure |= "gem-c-button" in classes
    writer.components = True
    values = {name: unescape(escape_value(value)) for name, value in node.attributes.items()}
    text = SPACES.sub(" ", writer.inside(node)).strip()
    data = {name: values[name] for name in TRACKING if values.get(name)}
    start = values.get("data-start") == "true"
    return button(text, values.get("href", ""), start=start, data=data)


@finishes_element("govspeak-embed-attachment")
def embedded_attachment(writer: FinishedWriter, node: Node) -> str:
    """Write the attachment component in its place."""
    writer.components = True
    found = named(writer.options.attachments, "id", unescape(node.attributes.get("id", "")))
    return "" if found is None else attachment(found, writer.options.locale)


@finishes_element("govspeak-embed-attachment-link")
def embedded_attachment_link(writer: FinishedWriter, node: Node) -> str:
    """Write the attachment link component in its place."""
    writer.components = True
    found = named(writer.options.attachments, "id", unescape(node.attributes.get("id", "")))
    return "" if found is None else attachment_link(found, writer.options.locale)
