"""Quotations. Source: kramdown syntax, "Blockquotes"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule

START = r" {0,3}> ?"
MARKS = re.compile("^" + START, re.MULTILINE | re.ASCII)


@block_rule(40, START, ">")
def quotation(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take lines up to a blank one, lazy ones too, and read them as blocks without their marks."""
    inside = MARKS.sub("", parser.take_lazily())
    parser.parse(parser.add("blockquote"), inside)
    return True
