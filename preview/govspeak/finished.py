"""Writes at once what `postprocess` makes of parsed HTML, which then need not be parsed.

It serves texts whose elements and attributes are all the engine's own. Where it can't be sure to
write the same it says so, and the text goes the longer way.

Source: alphagov/govspeak `lib/govspeak/post_processor.rb`, for what is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from preview.govspeak.document import Document, Footnote
from preview.govspeak.escaping import attributes
from preview.govspeak.labels import label
from preview.govspeak.options import Options
from preview.govspeak.tree import Node
from preview.govspeak.writer import Writer

LAST_PARAGRAPH = re.compile(r"<p((?: [^<>]*)?)>((?:[^<]++|<(?!/p>))*+</p>)(?=[^<]*(?:</|\Z))")
CLASS = re.compile(r' class="[^"]*"')
ROW_HEADING = re.compile(r"#(?:\s|(?=<)|\Z)")
NOT_DIGITS = re.compile(r"\D")
Finish = Callable[[Any, Node], str]


class FinishedWriter(Writer):
    """Writes one document in its final form.

    `unsure` says that something must be written the longer way, `components` that the HTML holds
    components. `elements` says what becomes of elements that extensions wrote.
    """

    writers: ClassVar[dict[str, Finish]] = dict(Writer.writers)
    elements: ClassVar[dict[str, Finish]] = {}

    def __init__(self, document: Document, options: Options) -> None:
        super().__init__(document)
        self.options = options
        self.unsure = False
        self.components = False
        self.quoted = False
        self.mark_label = label("footnote", options.locale)
        self.back = label("footnote_back", options.locale)

    def mark_text(self, note: Footnote) -> str:
        """Return what a footnote's mark says."""
        name = note.name
        number = name if name.isdecimal() else NOT_DIGITS.sub("", name)
        return f"[{self.mark_label} {number}]"

    def back_label(self, mark: int) -> str:
        """Return the label of the link back to a mark."""
        number = f" {mark + 1}" if mark else ""
        return f' aria-label="{self.back}{number}"'


def finishes(*kinds: str) -> Callable[[Finish], Finish]:
    """Register what is written for kinds of nodes."""

    def register(write: Finish) -> Finish:
        FinishedWriter.writers.update(dict.fromkeys(kinds, write))
        return write

    return register


def finishes_element(*names: str) -> Callable[[Finish], Finish]:
    """Register what becomes of elements that extensions wrote."""

    def register(write: Finish) -> Finish:
        FinishedWriter.elements.update(dict.fromkeys(names, write))
        return write

    return register


@finishes("table")
def table(writer: FinishedWriter, node: Node) -> str:
    """Write a table; headings of columns and rows have their scope."""
    parts = []
    for part in node.nodes:
        write = heading_row if part.kind == "thead" else body_row
        rows = "".join([f"<tr>{write(writer, row.nodes)}</tr>" for row in part.nodes])
        parts.append(f"<{part.kind}>{rows}</{part.kind}>")
    return f"<table{attributes(node.attributes)}>{''.join(parts)}</table>\n"


def heading_row(writer: FinishedWriter, cells: list[Node]) -> str:
    """Return the headings of columns; an empty one is an ordinary cell."""
    found = []
    for cell in cells:
        body = cell_text(writer, cell).removeprefix("# ")
        if body.strip():
            found.append(f'<th scope="col"{aligned(cell)}>{body}</th>')
        else:
            found.append(f"<td{aligned(cell)}></td>")
    return "".join(found)


def body_row(writer: FinishedWriter, cells: list[Node]) -> str:
    """Return the cells of a row; the first one is its heading where it starts with `# `."""
    bodies = [cell_text(writer, cell) for cell in cells]
    found = [f"<td{aligned(cell)}>{body}</td>" for cell, body in zip(cells, bodies, strict=True)]
    if bodies and (mark := ROW_HEADING.match(bodies[0])):
        first, body = aligned(cells[0]), bodies[0][mark.end() :]
        found[0] = f'<th scope="row"{first}>{body}</th>' if body else f"<td{first}></td>"
    return "".join(found)


def cell_text(writer: FinishedWriter, cell: Node) -> str:
    """Return what is inside a cell; an empty one holds a space that does not break."""
    return (writer.inside(cell) if cell.children else "") or "\u00a0"


def aligned(cell: Node) -> str:
    """Return the class of a cell that is aligned as its column, as an attribute."""
    side = cell.options.get("align")
    return f' class="cell-text-{side}"' if side else ""


@finishes("blockquote")
def quotation(writer: FinishedWriter, node: Node) -> str:
    """Write a quotation; the last paragraphs inside it are marked.

    The outermost quotation marks those of the quotations inside it too, so each is looked at once.
    """
    if writer.quoted:
        return writer.element("blockquote", node)
    writer.quoted = True
    body = LAST_PARAGRAPH.sub(last_paragraph, writer.inside(node))
    writer.quoted = False
    return writer.element("blockquote", node, body)


def last_paragraph(found: re.Match[str]) -> str:
    """Return the paragraph with its mark."""
    return f"<p{with_class(found[1], 'last-child')}>{found[2]}"


def with_class(written: str, name: str) -> str:
    """Return written attributes with a class in the place of those that are there."""
    replaced, count = CLASS.subn(f' class="{name}"', written, count=1)
    return replaced if count else f'{written} class="{name}"'


@finishes("html")
def element(writer: FinishedWriter, node: Node) -> str:
    """Write an element that an extension wrote."""
    return writer.elements.get(node.text, Writer.writers["html"])(writer, node)
