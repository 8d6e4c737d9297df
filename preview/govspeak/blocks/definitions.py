"""Definitions that show nothing where they stand: links, footnotes, abbreviations.

Source: kramdown syntax, "Link Definitions", "Footnotes", "Abbreviations".
"""

from __future__ import annotations

import re

from preview.govspeak.blocks.parser import BlockParser
from preview.govspeak.blocks.patterns import CODE_LINES, INDENT, NAME_OF_LIST
from preview.govspeak.blocks.registry import block_rule
from preview.govspeak.document import Footnote, LinkDefinition, link_id
from preview.govspeak.tree import Node

INDENTED = re.compile("^" + INDENT, re.MULTILINE | re.ASCII)
QUOTE_BEHIND = re.compile(r"[ \t]+[\"']")


@block_rule(130, rf" {{0,3}}\[\^({NAME_OF_LIST})\]:[^\S\n]*?(.*?\n{CODE_LINES})", "[")
def footnote(parser: BlockParser, match: re.Match[str]) -> bool:
    """Keep a footnote; the last one of a name counts."""
    parser.at = match.end()
    content = Node("footnote_content")
    parser.parse(content, INDENTED.sub("", match[2]))
    known = Footnote(match[1], content, parser.end_of_block("footnote"))
    parser.document.footnotes[match[1]] = known
    return True


@block_rule(
    140,
    r" {0,3}\[([^\n\]]+)\]:[ \t]*(?:<(.*?)>|([^'\"\n]*?\S[^'\"\n]*?))"
    r"(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?([\"'])(.+?)\4)?[ \t]*?\n",
    "[",
)
def link(parser: BlockParser, match: re.Match[str]) -> bool:
    """Keep a link's address and title."""
    if QUOTE_BEHIND.search(match[3] or ""):
        return False
    parser.at = match.end()
    address = match[2] if match[2] is not None else match[3]
    definition = LinkDefinition(address, match[5], parser.end_of_block("link"))
    parser.document.links[link_id(match[1])] = definition
    return True


@block_rule(150, r" {0,3}\*\[(.+?)\]:(.*?)\n", "*")
def abbreviation(parser: BlockParser, match: re.Match[str]) -> bool:
    """Keep what an abbreviation stands for."""
    parser.at = match.end()
    end = parser.end_of_block("abbreviation")
    parser.document.abbreviations[match[1]] = (match[2].strip(), end)
    return True
