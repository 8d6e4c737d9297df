"""A field that the list has no kind for: told by its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from preview.diffs.changes import FieldDiff
from preview.diffs.field_list import Field, in_words
from preview.diffs.kinds.registry import KINDS, kind
from preview.diffs.sides import Sides

MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?")
ADDRESS = re.compile(r"(https?://|/)\S+")
MARKUP = re.compile(r"</?[a-z][a-z0-9]*[ />]", re.IGNORECASE)
DEEPEST = 6


@kind("anything")
def anything(sides: Sides) -> Iterator[FieldDiff]:
    """Compare by the kind of value that there is, the later one's where both have one."""
    if sides.old == sides.new:
        return
    old, new = sides.old, sides.new
    value = old if new is None else new
    if isinstance(value, dict) and sides.field.at.count("/") < DEEPEST:
        yield from members(sides, old, new)
    else:
        yield from KINDS[kind_of(value)](sides)


def members(sides: Sides, old: Any, new: Any) -> Iterator[FieldDiff]:
    """Compare two objects member by member."""
    raws = [one if isinstance(one, dict) else {} for one in (old, new)]
    for name in sorted({*raws[0], *raws[1]}):
        at, title = f"{sides.field.at}/{name}", f"{sides.field.name}: {in_words(name)}"
        field = Field(at, title, seen=sides.field.seen)
        yield from anything(sides.within(name, field, *raws))


def kind_of(value: Any) -> str:
    """Return the kind that suits a value."""
    if isinstance(value, list):
        typed = any(
            isinstance(one, dict) and "content_type" in one and "content" in one for one in value
        )
        return "rich" if typed else "names"
    if isinstance(value, str):
        shapes = (
            ("moment", MOMENT.fullmatch),
            ("address", ADDRESS.fullmatch),
            ("rich", MARKUP.search),
        )
        return next((name for name, fits in shapes if fits(value)), "text")
    return "flag" if isinstance(value, bool) else "text"
