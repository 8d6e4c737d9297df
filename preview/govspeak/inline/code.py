"""Code: text between backticks. Source: kramdown syntax, "Code Spans"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import SPACE, InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf


@inline_rule(20, "`", r"`+")
def code(parser: InlineParser, match: re.Match[str]) -> bool:
    """Take text up to as many backticks; a lone backtick between spaces is text."""
    marks, behind = match[0], match.end()
    simple = len(marks) == 1
    follows = parser.text[behind : behind + 1]
    if simple and parser.text_before() in SPACE and follows in SPACE:
        return parser.take(marks)
    end = -1 if ("code", len(marks)) in parser.fruitless else parser.text.find(marks, behind)
    if end < 0:
        parser.fruitless.add(("code", len(marks)))
        return parser.take(marks)
    text = parser.text[behind:end]
    if not simple:
        text = text.removeprefix(" ").removesuffix(" ")
    parser.tree.children.append(Leaf("code", text))
    parser.at = end + len(marks)
    return True
