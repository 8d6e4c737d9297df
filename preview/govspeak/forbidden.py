"""Characters that have no place in a text, and quotation marks around quotations.

Source: W3C "Unicode in XML and other Markup Languages", section 3; alphagov/govspeak
`lib/govspeak/blockquote_extra_quote_remover.rb`.
"""

from __future__ import annotations

import re

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u0340\u0341\u17a3\u17d3\u2028\u2029"
    "\u202a-\u202e\u206a-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffc\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
# The same among ASCII characters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MARKS = '"“”„‟″‶'
OPENING = re.compile(rf"^>[ \t]*[{MARKS}]+", re.MULTILINE)
QUOTATION = re.compile(r"^>.*$", re.MULTILINE)
CLOSING = re.compile(rf"[{MARKS}]+\s*$")


def without_forbidden(text: str) -> str:
    """Return the text without forbidden characters."""
    return (CONTROL if text.isascii() else FORBIDDEN).sub("", text)


def without_quotation_marks(text: str) -> str:
    """Return the text with quotations free of the marks around them."""
    if ">" not in text:
        return text
    text = OPENING.sub("> ", text)
    return QUOTATION.sub(lambda line: CLOSING.sub("", line[0]), text)
