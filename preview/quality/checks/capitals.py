"""Words are not written in capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,'\u2019-]+[A-Z]{2,})+\b")
FEWEST_LETTERS = 9


@rule(
    "capitals",
    "warning",
    "Capitals are slow to read, and screen readers may spell them letter by letter.",
)
def capitals(page: Page) -> Iterator[Spot]:
    """Find two or more words in a row that are written in capitals."""
    for block in page.english_blocks:
        for found in SHOUTED.finditer(block.text):
            if sum(map(str.isalpha, found.group())) >= FEWEST_LETTERS:
                what = f"Write “{short(found.group())}” in small letters."
                yield Spot(what, found.group(), block.path)
