"""HTML inside text. Source: kramdown syntax, "HTML Spans"."""

from __future__ import annotations

import re

from preview.govspeak import html_syntax
from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import HTML, inline_rule
from preview.govspeak.tree import Leaf, Node

LINE_BREAKS = re.compile(r"\n+")


@inline_rule(HTML, "<", rf"<(?:{html_syntax.NAME}|/|!--|\?)")
def html(parser: InlineParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read an element with the spans inside it; the tag of a block is text here."""
    text, at = parser.text, parser.at
    end = html_syntax.skipped(text, at, parser.fruitless)
    if end > at:
        parser.at = end
        parser.document.comments += 1
        parser.tree.children.append(Leaf("comment"))
        return True
    if close := html_syntax.CLOSE.match(text, at):
        return parser.take(close[0])
    tag = html_syntax.TAG.match(text, at)
    if tag is None:
        return False
    name = html_syntax.folded(tag["name"])
    if name in html_syntax.BLOCK:
        return parser.take(tag[0])
    read_element(parser, tag, name)
    return True


def read_element(parser: InlineParser, tag: re.Match[str], name: str) -> None:
    """Add the element; without an end tag it takes the rest of the text."""
    parser.at = tag.end()
    found = html_syntax.attributes(tag["attributes"])
    attributes = {key: LINE_BREAKS.sub(" ", value) for key, value in found.items()}
    asked = html_syntax.MARKDOWN_ATTRIBUTE.get(attributes.pop("markdown", ""))
    raw = html_syntax.content_model(name) == "raw" or parser.tree.options.get("model") == "raw"
    if asked == "raw":
        raw = True
    elif asked == "span":
        raw = False
    elif asked == "default":
        raw = html_syntax.content_model(name) == "raw"
    node = Node("html", name, attributes)
    node.options = {"model": "raw" if raw else "span"}
    parser.tree.children.append(node)
    if tag["closed"] or name in html_syntax.WITHOUT_BODY:
        return
    stop = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE | re.ASCII)
    ends = ("html", name) not in parser.fruitless and stop.search(parser.text, parser.at)
    if ends and parser.parse(node, stop, only_html=raw):
        closed = stop.match(parser.text, parser.at)
        parser.at = closed.end() if closed else parser.at
        return
    parser.fruitless.add(("html", name))
    if not ends:
        parser.parse(node, only_html=raw)
    node.add_text(parser.text[parser.at :])
    parser.at = len(parser.text)
