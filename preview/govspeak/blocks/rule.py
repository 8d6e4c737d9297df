"""Horizontal rules. Source: kramdown syntax, "Horizontal Rules"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule

MARKS = "|".join(rf"{mark}[ \t]*{mark}[ \t]*{mark}[{mark} \t]*+" for mark in (r"\*", "-", "_"))
START = rf" {{0,3}}(?:{MARKS})\n"
line = re.compile(START, re.MULTILINE | re.ASCII)


@block_rule(60, START, "*-_")
def horizontal_rule(parser: BlockParser, match: re.Match[str]) -> bool:
    """Add a rule for three or more of the same mark."""
    parser.at = match.end()
    parser.add("hr")
    return True
