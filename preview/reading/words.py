"""A text as words, spaces and signs that join to the same text again.

Source: Unicode UAX #29 for what a word is, more coarsely: an amount of money, a number with its
commas, a date with slashes and an e-mail address are one word each, since they change as one.
"""

from __future__ import annotations

import re

# Scripts that put no spaces between words: there a sign is a word.
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORD = re.compile(
    rf"\s+|[{UNSPACED}]"
    rf"|[£$€#]?[^\W{UNSPACED}](?:[^\W{UNSPACED}]|[-\u2011'\u2019.,:/@&+](?=[^\W{UNSPACED}]))*%?"
    r"|.",
    re.DOTALL,
)


def words(text: str) -> list[str]:
    """Return the words of a text; joined they are the text."""
    return WORD.findall(text)
