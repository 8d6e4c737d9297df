"""From the tree of blocks to the finished tree: spans are read, abbreviations marked."""

from __future__ import annotations

import re

from preview.govspeak.document import Document
from preview.govspeak.inline.parser import InlineParser, is_plain
from preview.govspeak.tree import NOTHING, Leaf, Node, Piece

MOST_ABBREVIATIONS = 500


def read_spans(node: Node, document: Document) -> None:
    """Read the text of all blocks below `node` as spans, and give attribute lists."""
    children: list[Piece] = []
    after_blank = False
    for child in node.children:
        if isinstance(child, str):
            children += spans_of(child, document)
            after_blank = False
        elif child.kind == "blank":
            if not after_blank:
                children.append(child)
            after_blank = True
        elif child.kind != "end":
            if child.children:
                read_block(child, document)
            if child.options and "list" in child.options:
                child.give(child.options["list"])
            children.append(child)
            after_blank = False
    node.children = children


def read_block(node: Node, document: Document) -> None:
    """Read what is inside a block; most hold one text and nothing else, and that is plain."""
    first = node.children[0]
    if len(node.children) > 1 or not isinstance(first, str):
        read_spans(node, document)
    elif not is_plain(first):
        node.children = InlineParser(document, first).pieces()


def spans_of(text: str, document: Document) -> list[Piece]:
    """Return the spans of a text."""
    return [text] if is_plain(text) else InlineParser(document, text).pieces()


def mark_abbreviations(node: Node, document: Document) -> None:
    """Mark the words that are defined as abbreviations, in all text below `node`."""
    if not document.abbreviations:
        return
    words = sorted(document.abbreviations, key=len, reverse=True)[:MOST_ABBREVIATIONS]
    any_word = "|".join(re.escape(word) for word in words)
    mark(node, re.compile(rf"(?<!\w)(?:{any_word})(?!\w)", re.ASCII), document)


def mark(node: Node, pattern: re.Pattern[str], document: Document) -> None:
    """Split text at the words."""
    children: list[Piece] = []
    for child in node.children:
        if isinstance(child, Node):
            if child.children:
                mark(child, pattern, document)
            children.append(child)
            continue
        at = 0
        for found in pattern.finditer(child):
            if found.start() > at:
                children.append(child[at : found.start()])
            title, definition = document.abbreviations[found[0]]
            abbreviation = Leaf("abbreviation", found[0], {"title": title} if title else {})
            abbreviation.give(definition.options.get("list", NOTHING))
            children.append(abbreviation)
            at = found.end()
        if at < len(child):
            children.append(child[at:])
    node.children = children
