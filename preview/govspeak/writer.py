"""From the tree to HTML. Source: kramdown `converter/html.rb`, for elements and attributes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from preview.govspeak import html_syntax
from preview.govspeak.document import Document, Footnote
from preview.govspeak.escaping import attributes, escape_loose, escape_text, escape_value
from preview.govspeak.ids import Ids
from preview.govspeak.tree import Node

LANGUAGE = re.compile(r"\blanguage-(\S+)\s*")

Write = Callable[[Any, Node], str]


class Writer:
    """Writes one document; ids of headings are unique in it.

    `writers` says what is written for each kind of node.
    """

    writers: ClassVar[dict[str, Write]] = {}

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ids = Ids()
        self.footnotes: list[Footnote] = []

    def write(self, root: Node) -> str:
        """Return the HTML, with the footnotes behind it."""
        return self.inside(root) + self.write_footnotes()

    def inside(self, node: Node) -> str:
        """Return the HTML of what is inside a node."""
        writers = self.writers
        return "".join(
            [
                escape_text(child) if isinstance(child, str) else writers[child.kind](self, child)
                for child in node.children
            ]
        )

    def element(self, name: str, node: Node, inside: str | None = None) -> str:
        """Return an element with the node's attributes."""
        body = self.inside(node) if inside is None else inside
        return f"<{name}{attributes(node.attributes)}>{body}</{name}>"

    def footnote_mark(self, name: str) -> str:
        """Return the mark of a footnote."""
        known = self.document.footnotes[name]
        if known.marks == 0:
            self.footnotes.append(known)
            known.number = len(self.footnotes)
        again = f":{known.marks}" if known.marks else ""
        known.marks += 1
        return (
            f'<sup id="fnref:{name}{again}"><a href="#fn:{name}" class="footnote" rel="footnote"'
            f' role="doc-noteref">{self.mark_text(known)}</a></sup>'
        )

    def mark_text(self, note: Footnote) -> str:
        """Return what a footnote's mark says."""
        return str(note.number)

    def back_label(self, mark: int) -> str:  # noqa: ARG002 (for writers that have one)
        """Return the label of the link back to a mark, as an attribute; `mark` counts from 0."""
        return ""

    def write_footnotes(self) -> str:
        """Return the list of footnotes that were referred to; a footnote may refer to others."""
        if not self.footnotes:
            return ""
        bodies: list[str] = []
        while len(bodies) < len(self.footnotes):
            bodies.append(self.inside(self.footnotes[len(bodies)].content))
        written = "".join(
            [
                f'<li id="fn:{note.name}">{self.with_links_back(note, body)}</li>'
                for note, body in zip(self.footnotes, bodies, strict=True)
            ]
        )
        return f'<div class="footnotes" role="doc-endnotes"><ol>{written}</ol></div>'

    def with_links_back(self, note: Footnote, body: str) -> str:
        """Put the links back to a footnote's marks into its last paragraph, or one of their own."""
        joined = "&#160;".join([self.link_back(note.name, mark) for mark in range(note.marks)])
        body = body.rstrip()
        if body.endswith("</p>"):
            return f"{body[:-4]}&#160;{joined}</p>"
        return f"{body}<p>{joined}</p>"

    def link_back(self, name: str, mark: int) -> str:
        """Return the link back to a footnote's mark; `mark` counts from 0."""
        number, again = (f":{mark}", f"<sup>{mark + 1}</sup>") if mark else ("", "")
        return (
            f'<a href="#fnref:{name}{number}" class="reversefootnote"'
            f' role="doc-backlink"{self.back_label(mark)}>&#8617;{again}</a>'
        )


def writes(*kinds: str) -> Callable[[Write], Write]:
    """Register the writer of kinds of nodes."""

    def register(write: Write) -> Write:
        Writer.writers.update(dict.fromkeys(kinds, write))
        return write

    return register


@writes("comment", "end")
def nothing(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write nothing."""
    return ""


@writes("blank")
def line_end(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write a line's end."""
    return "\n"


@writes("blockquote", "ul", "ol", "li", "dl", "dt", "dd", "thead", "tbody", "tfoot", "tr")
@writes("em", "strong", "a")
def same_name(writer: Writer, node: Node) -> str:
    """Write an element of the kind's own name."""
    return writer.element(node.kind, node)


@writes("p")
def paragraph(writer: Writer, node: Node) -> str:
    """Write a paragraph."""
    return f"<p{attributes(node.attributes)}>{writer.inside(node)}</p>\n"


@writes("tight")
def tight_paragraph(writer: Writer, node: Node) -> str:
    """Write what is inside the paragraph of a tight list."""
    return writer.inside(node)


@writes("heading")
def heading(writer: Writer, node: Node) -> str:
    """Write a heading with an id."""
    if "id" not in node.attributes:
        node.set("id", writer.ids.of(node.text))
    return writer.element(f"h{node.options['level']}", node) + "\n"


@writes("code_block")
def code_block(writer: Writer, node: Node) -> str:
    """Write code; a class that names its language goes to the inner element."""
    language = node.options.get("language")
    if language is None and (found := LANGUAGE.search(node.attributes.get("class", ""))):
        language = found[1]
        classes = LANGUAGE.sub("", node.attributes["class"]).strip()
        node.set("class", classes)
        if not classes:
            node.attributes = {k: v for k, v in node.attributes.items() if k != "class"}
    inner = f' class="language-{escape_value(language)}"' if language else ""
    text = escape_text(node.text).removesuffix("\n")
    return writer.element("pre", node, f"<code{inner}>{text}\n</code>") + "\n"


@writes("hr", "br", "img")
def empty(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write an element without content."""
    return f"<{node.kind}{attributes(node.attributes)}>"


@writes("table")
def table(writer: Writer, node: Node) -> str:
    """Write a table."""
    return writer.element("table", node) + "\n"


@writes("td", "th")
def cell(writer: Writer, node: Node) -> str:
    """Write a cell, aligned as its column; an empty one holds a space that does not break."""
    if side := node.options.get("align"):
        node.set("style", f"text-align: {side}")
    return writer.element(node.kind, node, writer.inside(node) or "\u00a0")


@writes("html")
def html(writer: Writer, node: Node) -> str:
    """Write an element as an editor wrote it."""
    tag = f"<{node.text}{attributes(node.attributes)}>"
    if node.text in html_syntax.WITHOUT_BODY:
        return tag
    return f"{tag}{writer.inside(node)}</{node.text}>"


@writes("html_text")
def html_text(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write text that stood in HTML."""
    return escape_loose(node.text)


@writes("entity")
def entity(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write the character that an entity stands for."""
    return escape_text(node.text)


@writes("raw")
def raw(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write what is to be taken as it stands; the sanitiser sees it like everything else."""
    return node.text


@writes("code")
def code(writer: Writer, node: Node) -> str:
    """Write code inside text."""
    return writer.element("code", node, escape_text(node.text))


@writes("math")
def math(writer: Writer, node: Node) -> str:  # noqa: ARG001 (a writer)
    """Write a formula between the marks that a browser's typesetter looks for."""
    inside = escape_text(node.text)
    return f"\\[{inside}\\]\n" if node.options.get("block") else f"\\({inside}\\)"


@writes("abbreviation")
def abbreviation(writer: Writer, node: Node) -> str:
    """Write an abbreviation."""
    return writer.element("abbr", node, escape_text(node.text))


@writes("footnote")
def footnote(writer: Writer, node: Node) -> str:
    """Write the mark of a footnote."""
    return writer.footnote_mark(node.text)
