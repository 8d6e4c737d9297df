"""Escaped characters. Source: kramdown syntax, "Automatic and Manual Escaping"."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule

START = r"""\\([\\.*_+`<>()\[\]{}#!:|"'$=-])"""
ESCAPED = re.compile(START)


@inline_rule(130, "\\", START)
def escape(parser: InlineParser, match: re.Match[str]) -> bool:
    """Take the character behind a backslash as it stands."""
    parser.tree.children.append(match[1])
    parser.at = match.end()
    return True
