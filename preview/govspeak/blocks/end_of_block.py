"""`^` alone on its line: the block before it has ended. Source: kramdown syntax, "EOB Marker"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import END_OF_BLOCK
from preview.govspeak.blocks.registry import block_rule


@block_rule(170, END_OF_BLOCK, "^")
def end_of_block(parser: BlockParser, match: re.Match[str]) -> bool:
    """End it."""
    parser.at = match.end()
    parser.pending = None
    parser.end_of_block()
    return True
