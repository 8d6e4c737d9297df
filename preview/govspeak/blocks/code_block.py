"""Code by indentation. Source: kramdown syntax, "Standard Code Blocks"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import CODE_LINES, INDENT
from preview.govspeak.blocks.registry import block_rule

LINES = re.compile(CODE_LINES, re.MULTILINE | re.ASCII)
LAZY = re.compile(r"\n( {0,3}\S+)")
INDENTED = re.compile("^" + INDENT, re.MULTILINE | re.ASCII)


@block_rule(20, INDENT, " \t")
def code_block(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take indented lines; a line without indentation directly behind belongs to the one before."""
    found = LINES.match(parser.text, parser.at)
    if found is None or not found[0]:
        return False
    parser.at = found.end()
    parser.add("code_block", INDENTED.sub("", LAZY.sub(r" \1", found[0])))
    return True
