"""Attribute lists of blocks, named lists, and `{::comment}`, `{::nomarkdown}`, `{::options}`.

Source: kramdown syntax, "Extensions" and "Attribute List Definitions".
"""

from __future__ import annotations

import re

from preview.govspeak import attribute_lists
from preview.govspeak.attribute_lists import ANY, NAME, WHOLE
from preview.govspeak.blocks import patterns
from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.tree import Leaf, Node

OPEN = rf"\{{::(?P<name>\w+)(?:\s(?P<options>{ANY}{{0,500}}?)|)(?P<closed>/)?\}}"
CLOSE = r"\{{:/(?:{name})?\}}"
NAMED = re.compile(rf" {{0,3}}\{{:({NAME}):({WHOLE})\}}\s*?\n")
STARTS = re.compile(rf" {{0,3}}(?:{OPEN}|{CLOSE.format(name=NAME)})\s*?\n")
LIST = re.compile(patterns.LIST_LINE, re.MULTILINE | re.ASCII)
CAN_HAVE_LIST = frozenset({"link", "footnote", "abbreviation"})
EXTENSIONS = {"comment": "comment", "nomarkdown": "raw"}


@block_rule(160, r" {0,3}\{:", "{")
def extension(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read whichever of them it is."""
    text, at = parser.text, parser.at
    if named := NAMED.match(text, at):
        parser.at = named.end()
        lists = parser.document.lists
        attribute_lists.read(named[2], lists, lists.setdefault(named[1], {}))
        parser.end_of_block("list")
        return True
    if started := STARTS.match(text, at):
        return start_extension(parser, started)
    if found := LIST.match(text, at):
        parser.at = found.end()
        give(parser, found[1])
        return True
    return False


def start_extension(parser: BlockParser, started: re.Match[str]) -> bool:
    """Take an extension with its body; an unknown one, or one without end, is no extension."""
    name, body, end = started["name"], "", started.end()
    if name is None:
        return False
    if not started["closed"]:
        closing = rf"^ {{0,3}}{CLOSE.format(name=name)}\s*?\n"
        closed = re.compile(closing, re.MULTILINE | re.ASCII).search(parser.text, end)
        if closed is None:
            return False
        body, end = parser.text[started.end() : closed.start()], closed.end()
    if name == "options":
        parser.at = end
        parser.end_of_block("options")
        return True
    if name not in EXTENSIONS:
        return False
    parser.at = end
    if not started["closed"]:
        parser.document.comments += name == "comment"
        parser.tree.children.append(new_extension(name, body.removesuffix("\n"), block=True))
    return True


def new_extension(name: str, body: str, *, block: bool) -> Node:
    """Return the node of a comment, or of text that is taken as it stands."""
    node = Leaf(EXTENSIONS[name], body)
    node.keep("block", block)
    return node


def give(parser: BlockParser, text: str) -> None:
    """Give an attribute list to the block before; where there is none, to the one behind."""
    last = parser.tree.last
    if (
        last is not None
        and last.kind != "blank"
        and (last.kind != "end" or last.text in CAN_HAVE_LIST)
    ):
        if "list" not in last.options:
            last.keep("list", {})
        attribute_lists.read(text, parser.document.lists, last.options["list"])
        if not LIST.match(parser.text, parser.at):
            parser.end_of_block("attributes")
        return
    if parser.pending is None:
        parser.pending = {}
    attribute_lists.read(text, parser.document.lists, parser.pending)
