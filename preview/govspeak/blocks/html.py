"""Blocks of HTML. Source: kramdown syntax, "HTML Blocks"; `parser/html.rb` for raw HTML."""

from __future__ import annotations

import re

from preview.govspeak import html_syntax
from preview.govspeak.blocks.parser import DEEPEST, BlockParser
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.blocks.written_html import WRITTEN
from preview.govspeak.tree import Leaf, Node

REST_OF_LINE = re.compile(r"[ \t]*\n")
SPACE = re.compile(" {0,3}")
LEGISLATIVE = "legislative-list-wrapper"
NEVER_BLOCKS = html_syntax.SPAN | {"govspeak-embed-attachment-link"}
RAW_START = re.compile(rf"<(?:{html_syntax.NAME}|/|!--|\?)")


@block_rule(90, rf" {{0,3}}<(?:{html_syntax.NAME}|!--|/|\?)", "<")
def html(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take a comment, an element, or the end tag of the element around."""
    text, at = parser.text, parser.at
    if skip(parser, at):
        return True
    at = SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
    if tag := html_syntax.TAG.match(text, at):
        if tag["name"].lower() in NEVER_BLOCKS:
            return False
        start_element(parser, tag)
        return True
    if close := html_syntax.CLOSE.match(text, at):
        tree = parser.tree
        if tree.kind == "html" and tree.text == close["name"].lower():
            parser.at = close.end()
            parser.stopped = True
            return True
    return False


def skip(parser: BlockParser, at: int) -> bool:
    """Skip a comment or a processing instruction, which nobody sees."""
    end = html_syntax.skipped(parser.text, at, parser.fruitless)
    if end == at:
        return False
    parser.document.comments += 1
    rest = REST_OF_LINE.match(parser.text, end)
    parser.at = rest.end() if rest else end
    return True


def start_element(parser: BlockParser, tag: re.Match[str]) -> None:
    """Add the element of a start tag, with what is inside it."""
    name = html_syntax.folded(tag["name"])
    parser.at = tag.end()
    attributes = html_syntax.attributes(tag["attributes"])
    node = Node("html", name, attributes)
    parser.tree.children.append(node)
    if name in {"script", "style"}:
        take_raw_text(parser, node)
        return
    if parser.pending is not None:
        node.keep("list", parser.pending)
        parser.pending = None
    asked = html_syntax.MARKDOWN_ATTRIBUTE.get(attributes.pop("markdown", ""))
    model = html_syntax.content_model(name) if asked == "default" else asked or "raw"
    node.keep("model", model)
    within_raw = parser.tree.kind == "html" and parser.tree.options.get("model") == "raw"
    if model == "block":
        skip_rest_of_line(parser)
    if not tag["closed"] and name not in html_syntax.WITHOUT_BODY:
        READERS[model](parser, node)
        if not within_raw:
            skip_rest_of_line(parser)


def skip_rest_of_line(parser: BlockParser) -> None:
    """Skip white space up to the end of the line."""
    if rest := REST_OF_LINE.match(parser.text, parser.at):
        parser.at = rest.end()


def take_raw_text(parser: BlockParser, node: Node) -> None:
    """Take the text of a script or a style up to its end tag."""
    close = re.compile(rf"</{node.text}\s*>", re.IGNORECASE | re.ASCII).search(
        parser.text, parser.at
    )
    end, behind = (close.start(), close.end()) if close else (len(parser.text),) * 2
    add_html_text(node, parser.text[parser.at : end])
    node.keep("model", "raw")
    parser.at = behind
    skip_rest_of_line(parser)


def read_blocks(parser: BlockParser, node: Node) -> None:
    """Read blocks up to the end tag; the numbers of a legislative list start no lists."""
    before = parser.document.ordered_lists
    if node.attributes.get("class") == LEGISLATIVE:
        parser.document.ordered_lists = False
    parser.parse(node)
    parser.document.ordered_lists = before


def read_spans(parser: BlockParser, node: Node) -> None:
    """Take the text up to the end tag; it is read as spans."""
    close = re.compile(rf"</{node.text}\s*>", re.IGNORECASE | re.ASCII).search(
        parser.text, parser.at
    )
    end, behind = (close.start(), close.end()) if close else (len(parser.text),) * 2
    node.add_text(parser.text[parser.at : end])
    parser.at = behind


def read_raw(parser: BlockParser, node: Node) -> None:
    """Take HTML as it stands up to the end tag; an element may ask for Markdown inside."""
    before, parser.tree = parser.tree, node
    parser.depth += 1
    text = parser.text
    while parser.at < len(text):
        if take_written(parser, node):
            continue
        start = RAW_START.search(text, parser.at) if parser.depth <= DEEPEST * 3 else None
        if start is None:
            add_html_text(node, text[parser.at :])
            parser.at = len(text)
            break
        add_html_text(node, text[parser.at : start.start()])
        parser.at = start.start()
        if end_of_raw(parser, node):
            break
    parser.depth -= 1
    parser.tree = before


def take_written(parser: BlockParser, node: Node) -> bool:
    """Take HTML that would be written as it stands, as texts inside this one have it.

    Text that goes on in what stands before is not taken: a reference might begin there.
    """
    last = node.last
    if parser.depth > DEEPEST or (last is not None and last.kind == "html_text"):
        return False
    written = WRITTEN.match(parser.text, parser.at)
    if written is None:
        return False
    parser.at = written.end()
    node.children.append(Leaf("raw", written[0]))
    return True


def end_of_raw(parser: BlockParser, node: Node) -> bool:
    """Take one tag, comment or character of raw HTML; True when it was the end tag of `node`."""
    text, at = parser.text, parser.at
    end = html_syntax.skipped(text, at, parser.fruitless)
    if end > at:
        parser.at = end
        parser.document.comments += 1
        return False
    if tag := html_syntax.TAG.match(text, at):
        start_element(parser, tag)
    elif close := html_syntax.CLOSE.match(text, at):
        parser.at = close.end()
        if html_syntax.folded(close["name"]) == node.text:
            return True
        add_html_text(node, close[0])
    else:
        add_html_text(node, text[at])
        parser.at = at + 1
    return False


def add_html_text(node: Node, text: str) -> None:
    """Add text of HTML, joining it to such text that stands last."""
    last = node.last
    if last is not None and last.kind == "html_text":
        last.text += text
    elif text:
        node.children.append(Leaf("html_text", text))


READERS = {"block": read_blocks, "span": read_spans, "raw": read_raw}
