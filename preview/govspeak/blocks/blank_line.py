"""Blank lines. Source: kramdown syntax, "Block Boundaries"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import BLANK
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.tree import Leaf

ONE = Leaf("blank", "\n")  # one for all texts: blank lines never change


@block_rule(10, BLANK, " \t\r\f\v\n")
def blank_line(parser: BlockParser, match: re.Match[str]) -> bool:
    """Add them, or lengthen those that stand there."""
    parser.at = match.end()
    children, last = parser.tree.children, parser.tree.last
    if last is not None and last.kind == "blank":
        children[-1] = Leaf("blank", last.text + match[0])
    else:
        children.append(ONE if match[0] == "\n" else Leaf("blank", match[0]))
        parser.pending = None
    return True
