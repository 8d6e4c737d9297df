"""Nothing is left that somebody meant to replace."""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

PATTERNS = (
    re.compile(r"\blorem ipsum\b", re.IGNORECASE),
    re.compile(r"\b(?:TBC|TBA|TBD|TODO|FIXME)\b"),
    re.compile(
        r"\[(?:insert|add|enter|name|date|number|link|title|xx+|tbc|to be)[^\]\n]{0,80}\]",
        re.IGNORECASE,
    ),
    re.compile(r"<(?:insert|add|enter)[^>\n]{0,80}>", re.IGNORECASE),
    re.compile(r"(?<![A-Za-z0-9])(?:X{2,}|x{3,})(?![A-Za-z0-9])"),
    re.compile(r"\?{3,}|_{4,}|\*{3,}"),
    re.compile(r"\bto be (?:confirmed|added|written) (?:here|later|by)\b", re.IGNORECASE),
)


@rule("placeholder", "error", "Readers would see that the page is not finished.")
def placeholder(page: Page) -> Iterator[Spot]:
    """Find words that stand for others, in the text, the title and the summary."""
    for name in ("title", "description"):
        yield from spots(page.item.text(name), "", f"/{name}")
    for block in page.blocks:
        if block.kind != "code":
            yield from spots(block.text, block.path, "")


def spots(text: str, path: str, pointer: str) -> Iterator[Spot]:
    """Return the placeholders of a text."""
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            what = f"Replace “{short(found.group())}” with what it stands for, or take it out."
            yield Spot(what, found.group(), path, pointer)
