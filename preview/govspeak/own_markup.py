"""Whether a text may bring elements or attributes of its own.

Marks that editors use daily can't be taken for anything that the engine writes itself: elements
inside text without attributes but a title, addresses in angle brackets, highlighted answers.
"""

from __future__ import annotations

import re

HARMLESS = (
    r"/?(?:abbr|b|cite|code|del|dfn|em|i|ins|kbd|q|s|samp|small|strong|sub|sup|u|var)>"
    r"|abbr title=(?:\"[^\"<>&]*\"|'[^'<>&]*')>"
    r"|br ?/?>"
    r"|(?:https?://|mailto:)[^<>\s\"']*>"
    r"|[-.\w]+@[-.\w]+>"
)
OWN = re.compile(rf"<(?!{HARMLESS})[A-Za-z/!?]|\{{:(?!:highlight-answer\}}|/highlight-answer\}})")


def has_own_markup(source: str) -> bool:
    """Say whether a text may have HTML or attributes of its own beside harmless ones."""
    return ("<" in source or "{:" in source) and OWN.search(source) is not None
