"""Attribute lists of spans, and `{::comment}`, `{::nomarkdown}` inside text.

Source: kramdown syntax, "Inline Attribute Lists" and "Extensions".
"""

from __future__ import annotations

import re

from preview.govspeak import attribute_lists
from preview.govspeak.attribute_lists import NAME, WHOLE
from preview.govspeak.blocks.extensions import CLOSE, EXTENSIONS, OPEN, new_extension
from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule

STARTS = re.compile(f"{OPEN}|{CLOSE.format(name=NAME)}")
LIST = re.compile(rf"\{{:({WHOLE})\}}")


@inline_rule(90, "{", r"\{:")
def extension(parser: InlineParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Read whichever of them it is; what is none is text."""
    if started := STARTS.match(parser.text, parser.at):
        if not (started["name"] and start_extension(parser, started)):
            parser.take("{")
        return True
    found = LIST.match(parser.text, parser.at)
    last = parser.tree.last
    if found is None or last is None:
        return parser.take("{")
    parser.at = found.end()
    last.give(attribute_lists.read(found[1], parser.document.lists))
    return True


def start_extension(parser: InlineParser, started: re.Match[str]) -> bool:
    """Take an extension with its body; False where it is unknown or has no end."""
    name, end = started["name"], started.end()
    body = ""
    if not started["closed"]:
        if ("extension", name) in parser.fruitless:
            return False
        closed = re.compile(CLOSE.format(name=name)).search(parser.text, end)
        if closed is None:
            parser.fruitless.add(("extension", name))
            return False
        body, end = parser.text[end : closed.start()], closed.end()
    if name != "options" and name not in EXTENSIONS:
        return False
    parser.at = end
    if name != "options" and not started["closed"]:
        parser.document.comments += name == "comment"
        parser.tree.children.append(new_extension(name, body, block=False))
    return True
