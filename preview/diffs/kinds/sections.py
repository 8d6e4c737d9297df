"""Parts with a title and a text of their own: parts of a guide, groups of a collection, steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from preview.diffs.changes import BlockChange, FieldDiff, Note, Span, State
from preview.diffs.entries import Entry, known_again
from preview.diffs.field_list import Field, in_words
from preview.diffs.kinds.lists import NAMED_BY, rows
from preview.diffs.kinds.plain import plain, state
from preview.diffs.kinds.registry import KINDS, kind
from preview.diffs.rich import compare_html
from preview.diffs.sequences import rising
from preview.diffs.sides import Sides
from preview.diffs.texts import compare_texts
from preview.reading import squeezed

TEXTS = ("body", "content", "description", "contents_text")
KNOWN_BY = ("content_id", "id", "slug", "title", "name")


@kind("sections")
def sections(sides: Sides) -> Iterator[FieldDiff]:
    """Compare part by part; a part that has the same slug or title is the same part."""
    old, new = ([entry(row) for row in rows(value)] for value in (sides.old, sides.new))
    pairs = together(old, new)
    in_place, partner = set(rising(pairs)), {j: i for i, j in pairs}
    for gone in sorted(set(range(len(old))) - {i for i, _ in pairs}):
        yield from part(sides, gone, old[gone], None, moved=False)
    for j, after in enumerate(new):
        i = partner.get(j)
        before = old[i] if i is not None else None
        moved = i is not None and (i, j) not in in_place
        yield from part(sides, j, before, after, moved=moved)


def together(old: list[Entry], new: list[Entry]) -> list[tuple[int, int]]:
    """Return which parts are versions of each other: by name, else the only ones left."""
    pairs = known_again(old, new)
    left = sorted(set(range(len(old))) - {i for i, _ in pairs})
    right = sorted(set(range(len(new))) - {j for _, j in pairs})
    return sorted([*pairs, (left[0], right[0])]) if len(left) == len(right) == 1 else pairs


def entry(row: Any) -> Entry:
    """Return a part, known by its slug or title."""
    raw = row if isinstance(row, dict) else {}
    title = next((plain(raw[name]) for name in NAMED_BY if raw.get(name)), "")
    keys = tuple(plain(raw.get(name)) for name in KNOWN_BY)
    return Entry(keys, squeezed(title) or "One without a title", raw)


def part(
    sides: Sides, at: int, before: Entry | None, after: Entry | None, *, moved: bool
) -> Iterator[FieldDiff]:
    """Compare one part: its title, its text, then what else it has."""
    one = after or before
    if one is None:
        return
    name = f"{sides.field.name} “{one.text}”"
    field = Field(f"{sides.field.at}/{at}", name, seen=sides.field.seen)
    old, new = before.raw if before else {}, after.raw if after else {}
    found = sides.within("", field, old, new)
    blocks, coarse = text_of(found, before, after, moved)
    if any(block.state != "same" for block in blocks):
        yield replace(found.diff(*blocks, coarse=coarse), part=True)
    told = {*KNOWN_BY, *TEXTS, *NAMED_BY[:6]}
    for member in sorted({*old, *new} - told):
        inner = Field(f"{field.at}/{member}", f"{name}: {in_words(member)}", seen=field.seen)
        yield from KINDS["anything"](found.within(member, inner, old, new))
    yield from slug_of(found, name, old, new)


def text_of(
    sides: Sides, before: Entry | None, after: Entry | None, moved: bool
) -> tuple[list[BlockChange], str]:
    """Return the blocks of a part: its title as a heading, then its text."""
    old, new = before.text if before else "", after.text if after else ""
    spans, coarse = compare_texts(old, new)
    notes = (Note("order", "Stands elsewhere among its parts"),) if moved else ()
    how: State = "moved" if moved else "same" if old == new else state(old, new)
    blocks = [BlockChange(how, "heading", spans or (Span("same", new),), notes, level=2)]
    for member in TEXTS:
        found = compare_html(sides.before.html(member), sides.after.html(member))
        blocks += found.blocks
        coarse = coarse or found.coarse
    return blocks, coarse


def slug_of(sides: Sides, name: str, old: Any, new: Any) -> Iterator[FieldDiff]:
    """Compare a part's address, which readers don't see."""
    if old.get("slug") and new.get("slug"):
        field = Field(f"{sides.field.at}/slug", f"{name}: Address", "address", seen=False)
        yield from KINDS["address"](sides.within("slug", field, old, new))
