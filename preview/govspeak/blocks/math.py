"""Formulas: `$$…$$` as a block. Source: kramdown syntax, "Math Blocks"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule

WHOLE = re.compile(r" {0,3}\$\$(.*?)\$\$([ \t\r\f\v]*\n)?", re.DOTALL | re.ASCII)


@block_rule(110, r" {0,3}\$\$", "$")
def math(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take a formula that stands between block boundaries."""
    if not parser.after_boundary() or "math" in parser.fruitless:
        return False
    found = WHOLE.match(parser.text, parser.at)
    if found is None:
        parser.fruitless.add("math")
        return False
    before, parser.at = parser.at, found.end()
    if not parser.before_boundary():
        parser.at = before
        return False
    parser.add("math", found[1].strip()).keep("block", value=True)
    return True
