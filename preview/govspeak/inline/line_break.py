"""Line breaks: two spaces or two backslashes at a line's end. Source: kramdown syntax."""

from __future__ import annotations

import re

from preview.govspeak.inline.parser import InlineParser
from preview.govspeak.inline.registry import inline_rule
from preview.govspeak.tree import Leaf


@inline_rule(120, " \\", r"(?:  |\\\\)(?=\n)")
def line_break(parser: InlineParser, match: re.Match[str]) -> bool:
    """Break the line."""
    parser.tree.children.append(Leaf("br"))
    parser.at = match.end()
    return True
