"""White space as a browser shows it."""

from __future__ import annotations

import re

SPACES = re.compile(r"[\s\x1c-\x1f]+")
UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff\u2060\ufffd\x00")


def squeezed(text: str) -> str:
    """Return a text on one line, with single spaces and without characters that nobody sees."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return SPACES.sub(" ", text.translate(UNSEEN)).strip()
