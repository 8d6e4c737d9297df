"""The fields of an item under the names that people use: `fields.toml`, and rules for the rest."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from preview.pages.item import ContentItem

SIGNS = re.compile(r"[_\-]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One row: where it stands (`details/body`), its name, its kind, whether readers see it.

    An empty kind is told by the value. both: whether it counts only where both items have it.
    """

    at: str
    name: str
    kind: str = ""
    seen: bool = True
    both: bool = False


@dataclass(frozen=True, slots=True)
class FieldList:
    """All rows in order, and the places that never count."""

    fields: tuple[Field, ...]
    ignored: frozenset[str]


@cache
def field_list() -> FieldList:
    """Return the list, read once."""
    tree = tomllib.loads(Path(__file__).with_name("fields.toml").read_text("utf-8"))
    return FieldList(tuple(Field(**row) for row in tree["field"]), frozenset(tree["ignored"]["at"]))


def fields_of(*items: ContentItem) -> Iterator[Field]:
    """Return the fields that any of the items has: those on the list, then others by their name."""
    known = field_list()
    has = {place for item in items for place in places(item)}
    listed = [field.at for field in known.fields]
    for field in known.fields:
        if field.at in has or ("/" in field.at and field.at.split("/", 1)[0] in has):
            yield field
    for place in sorted(has - set(listed) - known.ignored):
        if not any(one.startswith(place + "/") for one in listed):
            kind = "tags" if place.startswith("links/") else ""
            yield Field(place, in_words(place.rpartition("/")[2]), kind)


def places(item: ContentItem) -> Iterator[str]:
    """Return where an item has something: its members, and those of its details and links."""
    for name, value in item.raw.items():
        if name in ("details", "links"):
            members = value if isinstance(value, dict) else {}
            yield from (f"{name}/{member}" for member in members)
        else:
            yield str(name)


def in_words(name: str) -> str:
    """Return a field's own name or value as words: `opening_hours` as “Opening hours”."""
    text = SIGNS.sub(" ", name).strip()
    return text[:1].upper() + text[1:]
