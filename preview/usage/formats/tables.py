"""Exports as comma-separated tables whose first line names the columns."""

from __future__ import annotations

import csv

from preview.usage.formats.registry import Memory, Unreadable

LONGEST_FIELD = 131_072


def row_of(line: str, memory: Memory) -> dict[str, str]:
    """Return the line's fields by the header's names.

    Raises:
        Unreadable: no header was seen, or the line has another number of fields.

    """
    cells = cells_of(line)
    if not memory.header or len(cells) != len(memory.header):
        raise Unreadable("columns_missing")
    return dict(zip(memory.header, cells, strict=True))


def cells_of(line: str) -> list[str]:
    """Return the fields of a line of a table."""
    if len(line) > LONGEST_FIELD:
        raise Unreadable("line_too_long")
    try:
        return next(csv.reader((line,)), [])
    except csv.Error:
        raise Unreadable("not_a_table_row") from None


def is_header(line: str, *columns: str) -> bool:
    """Say whether the line names all these columns."""
    return columns[0] in line and set(columns) <= {cell.strip() for cell in cells_of(line)}
