"""Lists of lines or small objects: related links, routes, updates, redirects."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from preview.diffs.changes import FieldDiff, Note
from preview.diffs.entries import Entry, compare_entries, details
from preview.diffs.field_list import in_words
from preview.diffs.kinds.plain import plain, said_moment
from preview.diffs.kinds.registry import kind
from preview.diffs.sides import Sides
from preview.reading import squeezed

NAMED_BY = ("title", "name", "label", "text", "heading", "question", "path", "url", "href", "id")
KNOWN_BY = ("content_id", "id", "slug", "key", "path", "href", "url", "base_path")
NOT_TOLD = frozenset({"content_id", "id", *NAMED_BY[:6]})


def rows(value: Any) -> list[Any]:
    """Return the members of a list; anything else has none."""
    return value if isinstance(value, list) else []


def compared(sides: Sides, say: Callable[[Any], Entry]) -> Iterator[FieldDiff]:
    """Compare two lists of what `say` makes entries of."""
    blocks = compare_entries(
        [say(one) for one in rows(sides.old)], [say(one) for one in rows(sides.new)], notes_on
    )
    if any(block.state != "same" for block in blocks):
        yield sides.diff(*blocks)


def notes_on(before: Entry, after: Entry) -> tuple[Note, ...]:
    """Return what else changed in a small object."""
    if not isinstance(before.raw, dict) or not isinstance(after.raw, dict):
        return ()
    names = {name for raw in (before.raw, after.raw) for name in raw if name not in NOT_TOLD}
    return tuple(details(before.raw, after.raw, {name: in_words(name) for name in sorted(names)}))


@kind("names")
def names(sides: Sides) -> Iterator[FieldDiff]:
    """Compare lines or objects, known by their id or address, called by their name."""

    def say(row: Any) -> Entry:
        if not isinstance(row, dict):
            text = sides.title_of(row) if isinstance(row, str) else None
            return Entry((plain(row),), text or squeezed(plain(row)))
        keys = tuple(plain(row.get(name)) for name in KNOWN_BY)
        text = next((plain(row[name]) for name in NAMED_BY if row.get(name)), "")
        return Entry((*keys, text), squeezed(text) or "One without a name", row)

    yield from compared(sides, say)


@kind("redirects")
def redirects(sides: Sides) -> Iterator[FieldDiff]:
    """Compare redirects: from where, to where."""

    def say(row: Any) -> Entry:
        raw = row if isinstance(row, dict) else {}
        path, to = plain(raw.get("path")), plain(raw.get("destination"))
        below = " and all below it" if raw.get("type") == "prefix" else ""
        return Entry((path,), f"{path}{below} goes to {to or 'nowhere'}")

    yield from compared(sides, say)


@kind("updates")
def updates(sides: Sides) -> Iterator[FieldDiff]:
    """Compare the list of what changed when."""

    def say(row: Any) -> Entry:
        raw = row if isinstance(row, dict) else {}
        when, note = said_moment(raw.get("public_timestamp")), squeezed(plain(raw.get("note")))
        return Entry((when, note), f"{when}: {note}" if when else note)

    yield from compared(sides, say)
