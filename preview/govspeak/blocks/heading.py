"""Headings, by number signs or underlined. Source: kramdown syntax, "Headers"."""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.registry import block_rule

ID = re.compile(r"[ \t]+\{#(?P<id>[A-Za-z][\w:-]*)\}\Z")
CLOSING = re.compile(r"[\t ]*#+\Z")


def add_heading(parser: BlockParser, level: int, text: str, own_id: str | None) -> None:
    """Add a heading."""
    node = parser.add("heading", text)
    node.keep("level", level)
    node.add_text(text)
    if own_id:
        node.keep("own_id", own_id)
        node.set("id", own_id)


def contents(text: str) -> tuple[str, str | None]:
    """Return the heading's text, and the id at its end."""
    text = text.rstrip()
    found = ID.search(text)
    return (text[: found.start()].rstrip(), found["id"]) if found else (text, None)


@block_rule(50, r"(?P<level>#{1,6})[\t ]*(?P<text>[^ \t\n].*)\n", "#")
def numbered(parser: BlockParser, match: re.Match[str]) -> bool:
    """Read `## Text ##`; only behind a blank line."""
    if not parser.after_boundary():
        return False
    text, own_id = contents(match["text"])
    text = CLOSING.sub("", text).rstrip()
    if not text:
        return False
    parser.at = match.end()
    add_heading(parser, len(match["level"]), text, own_id)
    return True


@block_rule(100, r" {0,3}(?P<text>[^ \t\n].*)\n(?P<level>[-=])[-=]*[ \t\r\f\v]*\n")
def underlined(parser: BlockParser, match: re.Match[str]) -> bool:
    """Read a line with `===` or `---` beneath it; only behind a blank line."""
    if not parser.after_boundary():
        return False
    text, own_id = contents(match["text"])
    if not text:
        return False
    parser.at = match.end()
    add_heading(parser, 1 if match["level"] == "=" else 2, text, own_id)
    return True
