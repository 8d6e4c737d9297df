"""HTML that would be written just as it stands: what texts inside a text mostly are when they come.

It is text and elements inside it, paragraphs, headings and items. Nothing is among them that
becomes something else when the HTML is finished: no quotation, table, box or button.
"""

from __future__ import annotations

import re

TEXT = r"[^<>&]++|&(?:[A-Za-z][A-Za-z0-9]*|#\d+);|<br>"


def elements(names: str, inside: str) -> str:
    """Return the pattern of elements without attributes.

    Each name has a pattern of its own: Python 3.11 fails on groups in repetitions that keep what
    they have.
    """
    return "|".join(rf"<{name}>(?:{inside})*+</{name}>" for name in names.split())


SIMPLE = elements("em strong code abbr", TEXT)
LINK = rf"""<a(?: rel="external")?(?: href="[!#-%'-;=?-~]*")?>(?:{TEXT}|{SIMPLE})*+</a>"""
SPANS = rf"{TEXT}|{SIMPLE}|{LINK}"
PARAGRAPH = elements("p h2 h3", SPANS)
ITEM = elements("li", rf"{SPANS}|{elements('p', SPANS)}")
WRITTEN = re.compile(rf"(?:{SPANS}|{PARAGRAPH}|{ITEM})++")
