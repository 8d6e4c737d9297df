"""Tables can be read cell by cell.

Source: WCAG 2.2, 1.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short
from preview.reading import Block


def tables(page: Page) -> list[Block]:
    """Return the tables of the content."""
    return [block for block in page.blocks if block.kind == "table"]


def start_of(block: Block) -> str:
    """Return what a table starts with, so that editors find it."""
    return short(block.text.replace("\n", " ").replace("\t", ", "), 60)


@rule("table-header", "error", "Screen readers say the header with each cell; here there is none.")
def header(page: Page) -> Iterator[Spot]:
    """Find tables without a header cell."""
    for block in tables(page):
        if not any(cell.header for row in block.rows for cell in row):
            what = f"Give the table that starts “{start_of(block)}” a row or column of headers."
            yield Spot(what, block.text, block.path)


@rule("table-header-empty", "warning", "A column without a name can't be understood by itself.")
def header_empty(page: Page) -> Iterator[Spot]:
    """Find header cells without words, but for the corner."""
    for block in tables(page):
        for row in block.rows:
            if any(cell.header and not cell.text for cell in row[1:]):
                what = f"A header of the table that starts “{start_of(block)}” has no words."
                yield Spot(f"{what} Name the column.", block.text, block.path)
                break


@rule("table-single", "hint", "A table with one column is a list.")
def single(page: Page) -> Iterator[Spot]:
    """Find tables that have one column."""
    for block in tables(page):
        if len(block.rows) > 1 and all(len(row) == 1 and row[0].span == 1 for row in block.rows):
            what = f"Make a list of the table that starts “{start_of(block)}”: it has one column."
            yield Spot(what, block.text, block.path)


@rule("table-uneven", "warning", "Cells stand under the wrong header.")
def uneven(page: Page) -> Iterator[Spot]:
    """Find tables whose rows have more cells than the header row; fewer may be cells that span."""
    for block in tables(page):
        widths = [sum(cell.span for cell in row) for row in block.rows]
        headed = block.rows and all(cell.header for cell in block.rows[0])
        if headed and max(widths) > widths[0]:
            what = (
                f"A row of the table that starts “{start_of(block)}” has more cells than headers."
            )
            yield Spot(f"{what} Correct the row.", block.text, block.path)
