"""Links to other content, by title; an id alone is looked up among what either version names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from preview.diffs.changes import FieldDiff
from preview.diffs.entries import Entry, compare_entries
from preview.diffs.kinds.registry import kind
from preview.diffs.sides import Sides, Titles


@kind("tags")
def tags(sides: Sides) -> Iterator[FieldDiff]:
    """Compare by content id; the order counts where the kind's name says that it is ordered."""
    old, new = (tagged(value, sides.title_of) for value in (sides.old, sides.new))
    ordered = sides.member.startswith("ordered_")
    blocks = compare_entries(old, new, ordered=ordered)
    if any(block.state != "same" for block in blocks):
        yield sides.diff(*blocks)


def tagged(value: Any, title_of: Titles) -> list[Entry]:
    """Return the tags; what has neither title nor id is left out."""
    found = []
    for row in value if isinstance(value, list) else []:
        raw = row if isinstance(row, dict) else {"content_id": row}
        key, title = raw.get("content_id"), raw.get("title")
        key = key if isinstance(key, str) else ""
        text = title if isinstance(title, str) and title else title_of(key)
        if key or text:
            locale = raw.get("locale") if isinstance(raw.get("locale"), str) else ""
            unknown = f"A page whose title is not known ({key})"
            found.append(Entry(((key, locale) if key else "", key, text), text or unknown, raw))
    return found
