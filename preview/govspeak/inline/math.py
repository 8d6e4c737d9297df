"""Formulas inside text: `$$…$$`. Source: kramdown syntax, "Math Blocks"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf


@inline_rule(80, "$", r"\$\$")
def math(parser: InlineParser, match: re.Match[str]) -> bool:
    """Take a formula."""
    end = -1 if "math" in parser.fruitless else parser.text.find("$$", match.end())
    if end < 0:
        parser.fruitless.add("math")
        return parser.take("$$")
    parser.tree.children.append(Leaf("math", parser.text[match.end() : end].strip()))
    parser.at = end + 2
    return True
