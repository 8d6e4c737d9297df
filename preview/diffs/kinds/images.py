"""Images of an item, one or a list: the file, the words for those who can't see it, the caption."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from preview.diffs.changes import FieldDiff, Note
from preview.diffs.entries import Entry, compare_entries, details
from preview.diffs.kinds.plain import plain
from preview.diffs.kinds.registry import kind
from preview.diffs.notes import file_name
from preview.diffs.sides import Sides
from preview.reading import squeezed

TOLD = {"alt_text": "Description for people who can't see it", "caption": "Caption"}
TOLD |= {"credit": "Credit", "formatted_title": "Text of the logo", "crest": "Crest"}


@kind("images")
def images(sides: Sides) -> Iterator[FieldDiff]:
    """Compare images; one that stands alone in its field is the same one, whatever its file."""
    alone = all(not isinstance(value, list) for value in (sides.old, sides.new))
    old, new = ([entry(row, alone) for row in many(value)] for value in (sides.old, sides.new))
    blocks = compare_entries(old, new, notes_on)
    if any(block.state != "same" for block in blocks):
        yield sides.diff(*blocks)


def many(value: Any) -> list[Any]:
    """Return images as a list."""
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def entry(row: Any, alone: bool) -> Entry:
    """Return an image, known by its id or address."""
    raw = row if isinstance(row, dict) else {}
    keys = tuple(plain(raw.get(name)) for name in ("id", "content_id", "url", "filename"))
    name = file_name(plain(raw.get("url")) or plain(raw.get("filename")))
    text = "Image" if alone else squeezed(name) or "An image without a name"
    return Entry(("alone",) if alone else (*keys, plain(raw.get("alt_text"))), text, raw)


def notes_on(before: Entry, after: Entry) -> tuple[Note, ...]:
    """Return what changed about an image."""
    old, new = before.raw, after.raw
    notes = []
    if old.get("url") != new.get("url"):
        names = file_name(plain(new.get("url"))), file_name(plain(old.get("url")))
        notes.append(
            Note("image", f"Another image: {names[0] or 'none'}, not {names[1] or 'none'}")
        )
    for note in details(old, new, TOLD):
        about_alt = note.sentence.startswith(TOLD["alt_text"])
        notes.append(Note("alt", note.sentence) if about_alt else note)
    return tuple(notes)
