"""Headings are headings, not bold paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

LONGEST = 90


@rule(
    "bold-as-heading",
    "warning",
    "Screen readers list headings so that people can move between them; bold text is not listed.",
)
def bold_as_heading(page: Page) -> Iterator[Spot]:
    """Find short paragraphs that are bold from start to end, outside lists and boxes."""
    for block in page.blocks:
        bold = any(one.how == "bold" and one.text == block.text for one in block.strong)
        plain = block.kind == "paragraph" and not block.box and not block.links
        if bold and plain and len(block.text) <= LONGEST and not block.text.endswith("."):
            what = f"Make “{short(block.text)}” a heading, or write it without bold."
            yield Spot(what, block.text, block.path)


@rule("much-bold", "hint", "Where much is bold, nothing stands out.")
def much_bold(page: Page) -> Iterator[Spot]:
    """Find long paragraphs that are bold altogether."""
    for one in page.prose:
        block = one.block
        bold = any(part.how == "bold" and part.text == block.text for part in block.strong)
        if bold and len(block.text) > LONGEST:
            what = f"Take the bold off “{short(block.text)}”, or off all but its main words."
            yield Spot(what, block.text, block.path)
