"""Definition lists. Source: kramdown syntax, "Definition Lists"."""

from __future__ import annotations

import re

from preview.govspeak import attribute_lists
from preview.govspeak.blocks import patterns
from preview.govspeak.blocks.items import ITEM_LIST, first_line, lines_at, marker
from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.tree import Node

START = re.compile(patterns.DEFINITION, re.MULTILINE | re.ASCII)
END = re.compile(patterns.END_OF_BLOCK, re.MULTILINE | re.ASCII)
TABS = re.compile(r"^\t+")


@block_rule(80, patterns.DEFINITION, ":")
def definition_list(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read definitions; the paragraph before them holds the terms, one a line."""
    children = parser.tree.children
    last = parser.tree.last
    spaced = len(children) > 1 and last is not None and (last.kind, last.text) == ("blank", "\n")
    paragraph = children[-2 if spaced else -1] if children else ""
    terms = paragraph.children if isinstance(paragraph, Node) and paragraph.kind == "p" else []
    if isinstance(paragraph, str) or not terms or not isinstance(terms[0], str):
        return False
    del children[-2 if spaced else -1 :]
    node = Node("dl")
    if "list" in paragraph.options:
        node.keep("list", paragraph.options["list"])
    node.children = [term(parser, line) for line in terms[0].split("\n")]
    blank = None
    for item, text in collect(parser, spaced=spaced):
        node.children.append(item)
        parser.parse(item, text)
        blank = finish(item)
    place(parser.tree, node)
    if blank is not None:
        children.append(blank)
    return True


def term(parser: BlockParser, line: str) -> Node:
    """Return a term."""
    node = Node("dt")
    if own := ITEM_LIST.match(line):
        node.keep("list", attribute_lists.read(own[1], parser.document.lists))
        line = line[own.end() :]
    node.add_text(line)
    return node


def collect(parser: BlockParser, *, spaced: bool) -> list[tuple[Node, str]]:
    """Take the lines of the definitions; each with its text."""
    found: list[tuple[Node, list[str], int]] = []
    start, text, after_blank = START, parser.text, False
    while parser.at < len(text):
        own, lazy, indent = lines_at(found[-1][2] if found else 1)
        if first := start.match(text, parser.at):
            parser.at = first.end()
            content, indentation = first_line(len(first[1]), first[2])
            node = Node("dd")
            node.keep("spaced", spaced)
            if mark := ITEM_LIST.match(content):
                node.keep("list", attribute_lists.read(mark[1], parser.document.lists))
                content = content[mark.end() :]
            found.append((node, [content], indentation))
            start = marker("dl", indentation)
            spaced = after_blank = False
        elif END.match(text, parser.at):
            break
        elif line := own.match(text, parser.at) or (
            None if after_blank else lazy.match(text, parser.at)
        ):
            parser.at = line.end()
            spread = TABS.sub(lambda tabs: " " * 4 * len(tabs[0]), line[0])
            found[-1][1].append(indent.sub("", spread, count=1))
            spaced = after_blank = False
        elif blank := patterns.blank.match(text, parser.at):
            parser.at = blank.end()
            found[-1][1].append(blank[0])
            spaced = after_blank = True
        else:
            break
    return [(node, "".join(lines)) for node, lines, _ in found]


def finish(item: Node) -> Node | None:
    """Make a tight definition's first paragraph plain text; return its last blank lines."""
    blank = item.last
    if blank is not None and blank.kind == "blank":
        item.children.pop()
    else:
        blank = None
    first = item.children[0] if item.children else None
    if isinstance(first, Node) and first.kind == "p" and not item.options["spaced"]:
        if len(item.children) > 1:
            first.add_text("\n")
        first.kind = "tight"
    return blank


def place(tree: Node, node: Node) -> None:
    """Add the list, joined to one that stands directly before or before blank lines."""
    children = tree.children
    blank = tree.last
    if blank is not None and blank.kind == "blank" and len(children) > 1:
        before = children[-2]
        if isinstance(before, Node) and before.kind == "dl":
            children.pop()
    last = tree.last
    if last is not None and last.kind == "dl":
        last.children.extend(node.children)
    else:
        children.append(node)
