"""The trail as a file: JSON lines, or CSV that no spreadsheet runs as formulas.

Source: OWASP, "CSV Injection"; RFC 4180.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC

import orjson
from django.db.models import QuerySet

from preview.audit.models import Entry
from preview.audit.sealing import canonical

COLUMNS = ("id", "at", "action", "actor", "subject", "pack", "detail")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Controls of terminals, and marks that turn the direction of text: seen as their code point.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


class Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def safe_cell(value: object) -> str:
    """Return a cell that a spreadsheet shows as text, whatever it begins with.

    Spreadsheets pass over space, however wide, and some read full-width signs as the usual ones.
    What would steer a terminal, or turn the text round, is written as its code point. Numbers stay.
    """
    if isinstance(value, int | float):
        return str(value)
    text = UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", "" if value is None else str(value))
    start = unicodedata.normalize("NFKC", text[:20]).lstrip(" \u00a0\u200b\u2060\ufeff")
    return f"'{text}" if start.startswith(FORMULA_STARTS) else text


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
