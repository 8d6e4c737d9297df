"""Emphasis: `*text*`, `_text_`, `**text**`, `__text__`. Source: kramdown syntax, "Emphasis"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import SPACE, InlineParser, is_plain
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Node

STOPS = {mark: re.compile(re.escape(mark)) for mark in ("*", "**", "_", "__")}
KINDS = {1: "em", 2: "strong"}


@inline_rule(10, "*_", r"\*\*?|__?")
def emphasis(parser: InlineParser, match: re.Match[str]) -> bool:
    """Read emphasised text; a mark that opens nothing is text.

    Inside a word an underscore is text, and no kind of emphasis holds itself.
    """
    mark, kind = match[0], KINDS[len(match[0])]
    start, before = parser.at, parser.text_before()
    inside_word = mark[0] == "_" and (before.isalpha() or before == "-")
    follows = parser.text[match.end() : match.end() + 1]
    if inside_word or follows in SPACE or parser.within(kind):
        return parser.take(mark)
    node = attempt(parser, mark, kind)
    if node is None and kind == "strong" and parser.tree.kind != "em":
        mark = mark[0]
        node = attempt(parser, mark, "em")
    if node is None:
        parser.at = start
        return parser.take(match[0])
    parser.at += len(mark)
    parser.tree.children.append(node)
    return True


def attempt(parser: InlineParser, mark: str, kind: str) -> Node | None:
    """Read up to the closing mark; None, and the position unchanged, where there is none."""
    start, inside = parser.at, parser.at + len(mark)
    end = parser.text.find(mark, inside) if parser.spare > 0 else -1
    if end < 0:
        return None
    node = Node(kind)

    def closes(tree: Node) -> bool:
        text, at = parser.text, parser.at
        if text[at - 1] in SPACE or not tree.children:
            return False
        behind = text[at + len(mark) : at + len(mark) + 1]
        if mark[0] == "_" and behind.isalnum():
            return False
        twice = kind == "em" and text.startswith(mark * 2, at)
        return not (twice and text[at + 2 : at + 3] != mark)

    # Most emphasised text holds nothing else.
    if end > inside and parser.has_room() and is_plain(parser.text, inside, end):
        parser.at = end
        node.children.append(parser.text[inside:end])
        if closes(node):
            return node
        node.children.clear()
    parser.at = inside
    if parser.parse(node, STOPS[mark], closes):
        return node
    parser.go_back(start)
    return None
