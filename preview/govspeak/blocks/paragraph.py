"""Paragraphs: what no other rule takes. Source: kramdown syntax, "Paragraphs"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import DEFINITION, LAZY_END
from preview.govspeak.blocks.registry import block_rule

END = re.compile(rf"{LAZY_END}|{DEFINITION}", re.MULTILINE | re.ASCII)


@block_rule(180, r".*\n")
def paragraph(parser: BlockParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take lines up to one that ends a paragraph; lines right behind a paragraph belong to it."""
    start = parser.at
    text = parser.take_lazily(END).rstrip()
    last = parser.tree.last
    if last is not None and last.kind == "p":
        broken = parser.text[max(0, start - 3) : start] == "  \n"
        between = ("  \n" if broken else "\n") if last.children else ""
        last.add_text(between + text)
        return True
    parser.add("p").add_text(text.lstrip())
    return True
