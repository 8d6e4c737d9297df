"""Marks of footnotes. Source: kramdown syntax, "Footnotes"."""

from __future__ import annotations

import re

from preview.govspeak.attribute_lists import NAME
from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf


@inline_rule(50, "[", rf"\[\^({NAME})\]")
def footnote(parser: InlineParser, match: re.Match[str]) -> bool:
    """Add a mark; a footnote that is not defined leaves its text."""
    known = parser.document.footnotes.get(match[1])
    if known is None:
        return parser.take(match[0])
    node = Leaf("footnote", match[1])
    if "list" in known.node.options:
        node.give(known.node.options["list"])
    parser.tree.children.append(node)
    parser.at = match.end()
    return True
