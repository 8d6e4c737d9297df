"""Entities: `&name;`, `&#8217;`, `&#x2019;`. Source: kramdown `utils/entities.rb`."""

from __future__ import annotations

import re
from html.entities import html5, name2codepoint

from preview.govspeak.html_syntax import ENTITY
from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf

GREATEST = 0x10FFFF


@inline_rule(100, "&", "&")
def entity(parser: InlineParser, match: re.Match[str]) -> bool:  # noqa: ARG001 (a rule)
    """Take an entity that exists; any other is text."""
    found = ENTITY.match(parser.text, parser.at)
    character = character_of(found) if found else ""
    if found is None or not character:
        return parser.take(found[0] if found else "&")
    parser.tree.children.append(Leaf("entity", character))
    parser.at = found.end()
    return True


def character_of(found: re.Match[str]) -> str:
    """Return the character that an entity stands for; "" where it stands for none."""
    if found["name"]:
        if found["name"] in name2codepoint:
            return chr(name2codepoint[found["name"]])
        return html5.get(f"{found['name']};", "")
    digits, base = (found["decimal"], 10) if found["decimal"] else (found["hex"], 16)
    if len(digits) > 8:
        return ""
    point = int(digits, base)
    return chr(point) if 0 < point <= GREATEST and not 0xD800 <= point <= 0xDFFF else ""
