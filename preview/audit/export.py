"""The trail as a file: JSON lines, or CSV that no spreadsheet runs as formulas.

Source: OWASP, "CSV Injection"; RFC 4180.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC

import orjson
from django.db.models import QuerySet

from preview.audit.models import Entry
from preview.audit.sealing import canonical

COLUMNS = ("id", "at", "action", "actor", "subject", "pack", "detail")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def safe_cell(value: object) -> str:
    """Return a cell that a spreadsheet shows as text, whatever it begins with."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def json_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """Give one JSON object a line, as it is sealed."""
    for entry in entries.iterator(chunk_size=1_000):
        yield canonical(entry).decode() + "\n"


def csv_lines(entries: QuerySet[Entry]) -> Iterator[str]:
    """Give a header and one line an entry; times are in UTC."""
    writer = csv.writer(Line())
    yield str(writer.writerow(COLUMNS))
    for entry in entries.iterator(chunk_size=1_000):
        detail = orjson.dumps(entry.detail, option=orjson.OPT_SORT_KEYS).decode()
        at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
        row = (entry.pk, at, entry.action, entry.actor, entry.subject, entry.pack, detail)
        yield str(writer.writerow([safe_cell(cell) for cell in row]))


FORMATS: dict[str, Callable[[QuerySet[Entry]], Iterator[str]]] = {
    "jsonl": json_lines,
    "csv": csv_lines,
}
