"""Addresses: `$A … $A`, one line each."""

from __future__ import annotations

import re

from preview.govspeak.extensions.registry import Context, lines_between, surrounded

LINE_END = re.compile(r"[ \t\\]*\r?\n")


@surrounded(140, *lines_between("$A"))
def address(context: Context, body: str) -> str:  # noqa: ARG001 (an extension)
    """Write the lines with breaks between them."""
    lines = LINE_END.sub("<br />", body.strip().rstrip("\\ "))
    return f'\n<div class="address"><div class="adr org fn"><p>\n{lines}\n</p></div></div>\n'
