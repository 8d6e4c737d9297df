"""Blank lines. Source: kramdown syntax, "Block Boundaries"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import BLANK
from preview.govspeak.blocks.registry import block_rule


@block_rule(10, BLANK, " \t\r\f\v\n")
def blank_line(parser: BlockParser, match: re.Match[str]) -> bool:
    """Add them, or lengthen those that stand there."""
    parser.at = match.end()
    last = parser.tree.last
    if last is not None and last.kind == "blank":
        last.text += match[0]
    else:
        parser.add("blank", match[0])
    return True
