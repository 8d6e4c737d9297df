"""Addresses in angle brackets. Source: kramdown syntax, "Automatic Links"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Node

ADDRESS = re.compile(r"<((mailto|https?|ftps?):[^\n]+?|[-.\w]+@[-\w]+(?:\.[-\w]+)*\.[a-z]+)>")


@inline_rule(30, "<", "<")
def autolink(parser: InlineParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Make a link of `<https://…>` and `<a@b.example>`."""
    found = ADDRESS.match(parser.text, parser.at)
    if found is None:
        return False
    address = found[1]
    node = Node("a", attributes={"href": address if found[2] else f"mailto:{address}"})
    node.add_text(address.removeprefix("mailto:"))
    parser.tree.children.append(node)
    parser.at = found.end()
    return True
