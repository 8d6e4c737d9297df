"""One field as both versions have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from preview.diffs.changes import BlockChange, FieldDiff
from preview.diffs.field_list import Field
from preview.pages.fields import Fields
from preview.pages.item import ContentItem
from preview.pages.remarks import Remarks

Titles = Callable[[str], str | None]


@dataclass(frozen=True)
class Sides:
    """A field, what holds it on both sides, and under which name it is held.

    title_of: the title of what has an id (of content, of a file), or None where nobody knows.
    """

    field: Field
    before: Fields
    after: Fields
    member: str
    title_of: Titles

    @property
    def old(self) -> Any:
        """The earlier value as it is, None for none."""
        return self.before.raw.get(self.member)

    @property
    def new(self) -> Any:
        """The later value as it is, None for none."""
        return self.after.raw.get(self.member)

    def diff(self, *blocks: BlockChange, coarse: str = "", name: str = "") -> FieldDiff:
        """Return the field with its blocks."""
        pointer = "/" + self.field.at
        return FieldDiff(name or self.field.name, pointer, blocks, self.field.seen, coarse)

    def within(self, name: str, field: Field, before: Any, after: Any) -> Sides:
        """Return a member of two objects that stand in the field."""
        return replace(
            self,
            field=field,
            before=inner(self.before, before),
            after=inner(self.after, after),
            member=name,
        )


def inner(around: Fields, raw: Any) -> Fields:
    """Return an object as fields; what is no object has none."""
    value = raw if isinstance(raw, dict) else {}
    return Fields(value, around.pointer, Remarks(), around.options)


def sides_of(field: Field, before: ContentItem, after: ContentItem, title_of: Titles) -> Sides:
    """Return a field of two items."""
    *holders, member = field.at.split("/")
    old: Fields = before
    new: Fields = after
    for name in holders:
        old, new = inner(old, old.raw.get(name)), inner(new, new.raw.get(name))
    return Sides(field, old, new, member, title_of)
