"""Lists. Source: kramdown syntax, "Ordered and Unordered lists"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from preview.govspeak import attribute_lists
from preview.govspeak.blocks import patterns, rule
from preview.govspeak.blocks.items import ITEM_LIST, first_line, lines_at, marker
from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.tree import Node

ITEM = re.compile(r" {0,3}(?:[+*-]|\d+\.)[\t |].*\n", re.MULTILINE | re.ASCII)
ORDERED = re.compile(r"( {0,3}\d+\.)([\t |].*\n)", re.MULTILINE | re.ASCII)
UNORDERED = re.compile(r"( {0,3}[+*-])([\t |].*\n)", re.MULTILINE | re.ASCII)
END = re.compile(patterns.END_OF_BLOCK, re.MULTILINE | re.ASCII)
TABS = re.compile(r"^\t+")


@dataclass(slots=True)
class Item:
    """An item while its lines are collected; a nested list starts a new part."""

    node: Node
    parts: list[list[str]]
    indentation: int
    starts: re.Pattern[str]
    nested: bool = False

    def starts_list(self, text: str) -> bool:
        """Say whether the text is the first line of a list."""
        return bool(self.starts.match(text))


@dataclass
class Collected:
    """The items of a list, and whether an end-of-block mark ended it."""

    items: list[Item] = field(default_factory=list)
    ended: bool = False


@block_rule(70, r" {0,3}[+*-][\t |].*\n", "+*-")
def unordered(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read a list of bullets."""
    return read_list(parser, "ul", UNORDERED)


@block_rule(71, r" {0,3}\d+\.[\t |].*\n", "0123456789")
def ordered(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read a numbered list, unless the text keeps its numbers."""
    return parser.document.ordered_lists and read_list(parser, "ol", ORDERED)


def read_list(parser: BlockParser, kind: str, start: re.Pattern[str]) -> bool:
    """Read a whole list."""
    node = parser.new(kind)
    found = collect(parser, kind, start)
    parser.tree.children.append(node)
    blank = None
    for item in found.items:
        for part in item.parts:
            below = Node("item")
            parser.parse(below, "".join(part))
            item.node.children.extend(below.children)
        node.children.append(item.node)
        blank = finish(item.node, found)
    if blank is not None and not found.ended:
        parser.tree.children.append(blank)
    return True


def collect(parser: BlockParser, kind: str, start: re.Pattern[str]) -> Collected:
    """Take the lines of the list, item by item."""
    found = Collected()
    text, after_blank = parser.text, False
    while parser.at < len(text):
        if after_blank and rule.line.match(text, parser.at):
            break
        if end := END.match(text, parser.at):
            parser.at, found.ended = end.end(), True
            break
        if first := start.match(text, parser.at):
            parser.at = first.end()
            found.items.append(new_item(parser, first[1], first[2]))
            start = marker(kind, found.items[-1].indentation)
            after_blank = False
        elif line := own_line(parser, found.items[-1], lazily=not after_blank):
            add_line(found.items[-1], line)
            after_blank = False
        elif blank := patterns.blank.match(text, parser.at):
            parser.at = blank.end()
            found.items[-1].parts[-1].append(blank[0])
            found.items[-1].nested = after_blank = True
        else:
            break
    return found


def new_item(parser: BlockParser, mark: str, content: str) -> Item:
    """Return an item that starts with `content`, and read the attribute list at its beginning."""
    content, indentation = first_line(len(mark), content)
    node = Node("li")
    if content.startswith("{") and (own := ITEM_LIST.match(content)):
        node.keep("list", attribute_lists.read(own[1], parser.document.lists))
        content = content[own.end() :]
    starts = ITEM if parser.document.ordered_lists else UNORDERED
    return Item(node, [[content]], indentation, starts, nested=bool(starts.match(content)))


def own_line(parser: BlockParser, item: Item, *, lazily: bool) -> str:
    """Return the next line where it belongs to the item, and move behind it; else ""."""
    own, lazy, _ = lines_at(item.indentation)
    match = own.match(parser.text, parser.at)
    if match is None and lazily:
        match = lazy.match(parser.text, parser.at)
    if match is None:
        return ""
    parser.at = match.end()
    return match[0]


def add_line(item: Item, line: str) -> None:
    """Add a line without the item's indentation; where a nested list starts, begin a part."""
    line = TABS.sub(lambda tabs: " " * 4 * len(tabs[0]), line)
    indent = lines_at(item.indentation)[2]
    indented = indent.match(line)
    if indented:
        line = line[indented.end() :]
    if not item.nested and indented and item.starts_list(line):
        item.parts.append([])
        item.nested = True
    elif item.nested and not indented and item.starts_list(line):
        line = " " * (item.indentation + 4) + line
    item.parts[-1].append(line)


def finish(item: Node, found: Collected) -> Node | None:
    """Make the item's first paragraph plain text where it is tight; return its last blank lines.

    The last item follows those before it: where they are all loose, it is loose too.
    """
    last = item is found.items[-1].node
    children = item.children
    first = children[0] if children else None
    if isinstance(first, Node) and first.kind == "p":
        if "list" in first.options and second_kind(item) == "end":
            del children[1]
        second = second_kind(item)
        alone = last and len(children) == 2 and not found.ended
        before = found.items[:-1] if last else []
        follows = bool(before) and all(is_loose(one.node) for one in before)
        if (second != "blank" or alone) and not follows:
            if second and second != "blank":
                first.add_text("\n")
            first.kind = "tight"
    blank = item.last
    if blank is None or blank.kind != "blank":
        return None
    children.pop()
    return blank


def second_kind(item: Node) -> str:
    """Return the kind of what stands second in an item; "" where nothing does."""
    second = item.children[1] if len(item.children) > 1 else None
    return second.kind if isinstance(second, Node) else ""


def is_loose(item: Node) -> bool:
    """Say whether an item starts with a paragraph of its own."""
    first = item.children[0] if item.children else None
    return isinstance(first, Node) and first.kind == "p"
