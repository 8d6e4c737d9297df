"""Patterns that several block rules share: indentation, blank lines, what ends a lazy line.

Source: kramdown `parser/kramdown/{block_boundary,extensions,html,paragraph}.rb`.
"""

from __future__ import annotations

import re

from preview.govspeak.attribute_lists import NAME, WHOLE
from preview.govspeak.html_syntax import NAME as TAG_NAME
from preview.govspeak.html_syntax import SPAN

# Any position counts as a line's start, as behind the end tag of an element: none of these patterns
# is anchored, all are matched at a position.
INDENT = r"(?:\t| {4})"
SPACE = r" {0,3}"
BLANK = r"(?:[ \t\r\f\v]*\n)+"
LIST = rf"\{{:(?!:|/)({WHOLE})\}}[ \t\r\f\v]*\n"
LIST_LINE = rf"{SPACE}{LIST}"
END_OF_BLOCK = r"\^[ \t\r\f\v]*\n"
_SPANS = "|".join([*sorted(SPAN), "script"])
HTML_STARTS = rf"{SPACE}<(?!(?:{_SPANS})\b){TAG_NAME}"
HTML_STOPS = rf"{SPACE}</(?!(?:{_SPANS})\b){TAG_NAME}\s*>"
LAZY_END = rf"{BLANK}|{LIST_LINE}|{END_OF_BLOCK}|{HTML_STOPS}|{HTML_STARTS}|\Z"
DEFINITION = r"( {0,3}:)([\t |].*\n)"

blank = re.compile(BLANK, re.MULTILINE | re.ASCII)
line = re.compile(r".*\n?")
lazy_end = re.compile(LAZY_END, re.MULTILINE | re.ASCII)
boundary = re.compile(rf"{BLANK}|{END_OF_BLOCK}|{LIST_LINE}|\Z", re.MULTILINE | re.ASCII)
CODE_LINES = (
    rf"(?:(?:{BLANK})?(?:{INDENT}[ \t]*\S+.*\n)+"
    rf"(?:(?!{LIST_LINE}|{END_OF_BLOCK}|{HTML_STOPS}|{HTML_STARTS})[ \t]*\S+.*\n)*)*"
)
NAME_OF_LIST = NAME
