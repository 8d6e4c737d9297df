"""Attachments, by identity: added, removed, replaced, renamed.

Source: alphagov/publishing-api `content_schemas/formats/shared/definitions/attachments.jsonnet`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from preview.diffs.changes import FieldDiff, Note
from preview.diffs.entries import Entry, compare_entries, details
from preview.diffs.kinds.lists import rows
from preview.diffs.kinds.plain import plain
from preview.diffs.kinds.registry import kind
from preview.diffs.notes import file_name
from preview.diffs.sides import Sides
from preview.reading import squeezed

DETAILS = {
    "accessible": "Accessible",
    "alternative_format_contact_email": "Contact for other formats",
    "number_of_pages": "Pages",
    "isbn": "ISBN",
    "unique_reference": "Reference",
    "command_paper_number": "Command paper",
    "hoc_paper_number": "House of Commons paper",
    "parliamentary_session": "Parliamentary session",
    "locale": "Language",
    "attachment_type": "Kind of attachment",
}
OF_THE_FILE = ("filename", "file_size", "content_type")


@kind("files")
def files(sides: Sides) -> Iterator[FieldDiff]:
    """Compare attachments; their order is what readers see."""
    old, new = ([entry(row) for row in rows(value)] for value in (sides.old, sides.new))
    blocks = compare_entries(old, new, notes_on)
    if any(block.state != "same" for block in blocks):
        yield sides.diff(*blocks)


def entry(row: Any) -> Entry:
    """Return an attachment, known by its ids, else by its file or its title."""
    raw = row if isinstance(row, dict) else {}
    keys = tuple(plain(raw.get(name)) for name in ("content_id", "id", "url", "filename", "title"))
    text = squeezed(plain(raw.get("title")) or plain(raw.get("filename")))
    return Entry(keys, text or "An attachment without a title", raw)


def notes_on(before: Entry, after: Entry) -> tuple[Note, ...]:
    """Return what changed about a file besides its title."""
    old, new = before.raw, after.raw
    notes = []
    if any(old.get(name) != new.get(name) for name in ("url", *OF_THE_FILE)):
        notes.append(Note("file", replaced(about_file(old), about_file(new))))
    if old.get("content") != new.get("content"):
        notes.append(Note("file", "Its text changed"))
    return (*notes, *details(old, new, DETAILS))


def replaced(old: str, new: str) -> str:
    """Return the sentence for another file."""
    same = f"Replaced by another file of the same name and size: {new}"
    return same if old == new else f"Replaced: {new}, not {old}"


def about_file(raw: dict[str, Any]) -> str:
    """Return a file's name and size."""
    name = plain(raw.get("filename")) or file_name(plain(raw.get("url"))) or "a file"
    size = raw.get("file_size")
    return f"{name} ({said_size(size)})" if isinstance(size, int) else name


def said_size(size: int) -> str:
    """Return a size in bytes as people read it."""
    for unit, limit in (("MB", 1_000_000), ("kB", 1000)):
        if size >= limit:
            return f"{size / limit:.1f}".removesuffix(".0") + f" {unit}"
    return f"{size} bytes"
