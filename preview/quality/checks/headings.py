"""Headings make an outline that can be followed.

Source: WCAG 2.2, 1.3.1 and 2.4.6.
"""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short

LEVELS = ("h1", "h2", "h3", "h4", "h5", "h6")
LONGEST = 90


@rule("heading-order", "warning", "Screen reader users learn from levels what belongs to what.")
def order(page: Page) -> Iterator[Spot]:
    """Find headings that are more than one level below the one before."""
    above = 1
    for block in page.blocks:
        if block.kind != "heading":
            continue
        if block.level > above + 1:
            what = (
                f"“{short(block.text)}” has level {block.level} below a heading of level {above}."
            )
            yield Spot(f"{what} Make it level {above + 1}.", block.text, block.path)
        above = block.level


@rule("heading-empty", "error", "A heading without words is read out as “heading” and nothing.")
def empty(page: Page) -> Iterator[Spot]:
    """Find headings without words."""
    for heading in page.named(*LEVELS):
        if not heading.text:
            yield Spot("A heading has no words. Write them, or take it out.", heading.get("id"))


@rule("heading-one", "error", "The title is the page's only heading of level 1.")
def one(page: Page) -> Iterator[Spot]:
    """Find headings of level 1 besides the title, which a page without rich text holds as well."""
    for block in page.blocks:
        if block.kind == "heading" and block.level == 1 and block.text != page.item.title:
            what = f"Make “{short(block.text)}” a heading of level 2: the title is level 1."
            yield Spot(what, block.text, block.path)


@rule("heading-twice", "hint", "Two headings with the same words can't be told apart in a list.")
def twice(page: Page) -> Iterator[Spot]:
    """Find headings of level 2 that say what another one says."""
    seen = set()
    for block in page.blocks:
        if block.kind == "heading" and block.level == 2:
            if block.text.lower() in seen:
                what = f"More than one heading says “{short(block.text)}”. Say how they differ."
                yield Spot(what, block.text, block.path)
            seen.add(block.text.lower())


@rule("heading-long", "hint", "Long headings are hard to scan.")
def long(page: Page) -> Iterator[Spot]:
    """Find headings that are whole sentences."""
    for block in page.blocks:
        if block.kind == "heading" and len(block.text) > LONGEST:
            what = f"Shorten the heading “{short(block.text)}”: it has {len(block.text)} letters."
            yield Spot(what, block.text, block.path)


@rule("heading-without-text", "hint", "A heading promises a text below it.")
def without_text(page: Page) -> Iterator[Spot]:
    """Find headings that the next heading of the same level follows at once, or the end."""
    blocks = [*page.blocks, None]
    for block, after in zip(page.blocks, blocks[1:], strict=False):
        ends = after is None or (after.kind == "heading" and after.level <= block.level)
        if block.kind == "heading" and ends:
            what = f"There is no text under “{short(block.text)}”. Write it, or take the heading"
            yield Spot(f"{what} out.", block.text, block.path)
