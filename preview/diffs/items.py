"""Two versions of a content item, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preview.diffs import kinds
from preview.diffs.changes import FieldDiff, ItemDiff
from preview.diffs.field_list import Field, fields_of
from preview.diffs.kinds.registry import KINDS
from preview.diffs.sides import Titles, sides_of
from preview.diffs.summary import summary_of
from preview.pages.item import ContentItem
from preview.pages.remarks import Remarks

REGISTERED = kinds.__name__
TAKEN_DOWN = {
    "gone": "The page would be taken down",
    "redirect": "The page would be taken down, and its address would lead elsewhere",
    "vanish": "The page would be taken down without a trace",
}


def unknown(key: str) -> None:
    """Know no title."""
    del key


def compare_items(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    title_of: Titles = unknown,
) -> ItemDiff:
    """Return what changed between two versions of an item, in either of its forms.

    None stands for no item: a page that is new, or one that is gone. `title_of` gives the title of
    a content id that neither version names; what nobody knows is said to be unknown. Any JSON
    object has an answer: what is not of its type is compared as it is, or left out.
    """
    old, new = (ContentItem(one or {}, Remarks()) for one in (before, after))
    titles = {**titles_in(old), **titles_in(new)}

    def named(key: str) -> str | None:
        return titles.get(key) or title_of(key)

    found: list[FieldDiff] = []
    for field in fields_of(old, new):
        sides = sides_of(field, old, new, named)
        if counts(field, sides.old, sides.new, whole=not before or not after):
            found += KINDS[field.kind or "anything"](sides)
    fields = tuple(one for one in found if one.seen)
    unseen = tuple(one for one in found if not one.seen)
    return told(before, after, fields, unseen)


def counts(field: Field, old: Any, new: Any, *, whole: bool) -> bool:
    """Return whether a field is compared at all."""
    if old is None and new is None:
        return False
    one_sided = old is None or new is None
    return not (
        one_sided and (field.both or (whole and not field.seen and field.at != "base_path"))
    )


def told(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    fields: tuple[FieldDiff, ...],
    unseen: tuple[FieldDiff, ...],
) -> ItemDiff:
    """Return the comparison with its sentence."""
    if before is None and after is not None:
        return ItemDiff("This page is new.", "new", fields, unseen)
    if after is None and before is not None:
        return ItemDiff("The page is gone.", "gone", fields, unseen)
    sentence = summary_of(fields, unseen)
    was, now = ((one or {}).get("schema_name") for one in (before, after))
    if now != was and isinstance(now, str) and now in TAKEN_DOWN:
        sentence = f"{TAKEN_DOWN[now]}. {sentence}"
    return ItemDiff(sentence, "changed" if fields or unseen else "same", fields, unseen)


def titles_in(item: ContentItem) -> dict[str, str]:
    """Return the titles of all that an item names: linked content and its own files."""
    found: dict[str, str] = {}
    links, details = item.raw.get("links"), item.raw.get("details")
    lists = list(links.values()) if isinstance(links, dict) else []
    lists += [details.get("attachments")] if isinstance(details, dict) else []
    for rows in lists:
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("title"), str):
                names = (row.get(name) for name in ("content_id", "id", "filename"))
                found |= {name: row["title"] for name in names if isinstance(name, str)}
    return found
