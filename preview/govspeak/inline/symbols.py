"""Dashes, dots and angle quotation marks. Source: kramdown syntax, "Typographic Symbols"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf

SYMBOLS = {
    "---": "\u2014",
    "--": "\u2013",
    "...": "\u2026",
    "\\<<": "<<",
    "\\>>": ">>",
    "<< ": "\u00ab\u00a0",
    " >>": "\u00a0\u00bb",
    "<<": "\u00ab",
    ">>": "\u00bb",
}


@inline_rule(110, "-.\\< >", "|".join(re.escape(written) for written in SYMBOLS))
def symbol(parser: InlineParser, match: re.Match[str]) -> bool:
    """Put the symbol for what was written."""
    written = match[0]
    count = 1
    while parser.text.startswith(written, parser.at + count * len(written)):
        count += 1
    parser.tree.children.append(Leaf("entity", SYMBOLS[written] * count))
    parser.at += count * len(written)
    return True
