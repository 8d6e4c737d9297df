"""Fields of one line: texts by word, dates and choices as a whole and as people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from babel.core import Locale, UnknownLocaleError

from preview.diffs.changes import BlockChange, FieldDiff, Note, State
from preview.diffs.field_list import in_words
from preview.diffs.kinds.registry import kind
from preview.diffs.sides import Sides
from preview.diffs.texts import compare_texts, replaced
from preview.pages.dates import LONDON, clock, day
from preview.reading import squeezed


@kind("text")
def text(sides: Sides) -> Iterator[FieldDiff]:
    """Compare a line word by word."""
    old, new = (squeezed(plain(value)) for value in (sides.old, sides.new))
    if old != new:
        spans, coarse = compare_texts(old, new)
        yield sides.diff(BlockChange(state(old, new), "text", spans), coarse=coarse)


def plain(value: Any) -> str:
    """Return a value as text, empty for none."""
    return "" if value is None else str(value)


def state(old: Any, new: Any) -> State:
    """Return whether a value came, went or changed."""
    return "changed" if old and new else "added" if new else "removed"


def as_a_whole(sides: Sides, say: Callable[[Any], str]) -> Iterator[FieldDiff]:
    """Compare what is not a text but is said as one."""
    old, new = say(sides.old), say(sides.new)
    if old != new:
        yield sides.diff(BlockChange(state(old, new), "value", replaced(old, new)))


@kind("moment")
def moment(sides: Sides) -> Iterator[FieldDiff]:
    """Compare a day or time; the same moment written otherwise is no change."""
    yield from as_a_whole(sides, said_moment)


def said_moment(value: Any) -> str:
    """Return a time as people read it, in London; what is no time as it is."""
    if not isinstance(value, str):
        return plain(value)
    try:
        if len(value) == len("2026-05-01"):
            only = date.fromisoformat(value)
            return day(datetime(only.year, only.month, only.day, 12, tzinfo=LONDON))
        when = datetime.fromisoformat(value)
        return f"{day(when)} at {clock(when.astimezone(LONDON))}" if when.tzinfo else value
    except (ValueError, OverflowError):
        return value


@kind("flag")
def flag(sides: Sides) -> Iterator[FieldDiff]:
    """Compare a yes or no; absent is no."""
    yield from as_a_whole(sides, lambda value: "Yes" if value is True else "No")


@kind("choice")
def choice(sides: Sides) -> Iterator[FieldDiff]:
    """Compare one of several names that the platform uses."""
    yield from as_a_whole(sides, lambda value: in_words(plain(value)))


@kind("address")
def address(sides: Sides) -> Iterator[FieldDiff]:
    """Compare a path or URL: part of one says nothing."""
    yield from as_a_whole(sides, plain)


@kind("language")
def language(sides: Sides) -> Iterator[FieldDiff]:
    """Compare languages by their English names."""
    yield from as_a_whole(sides, said_language)


def said_language(value: Any) -> str:
    """Return a language's English name, or the code where it has none here."""
    try:
        return Locale.parse(plain(value), sep="-").get_display_name("en") or plain(value)
    except (UnknownLocaleError, ValueError):
        return plain(value)


@kind("hidden")
def hidden(sides: Sides) -> Iterator[FieldDiff]:
    """Say that something changed and not what: it opens doors."""
    if sides.old != sides.new:
        why = "Not shown, because whoever has it can open the draft"
        yield sides.diff(BlockChange("changed", "value", (), (Note("detail", why),)))


@kind("limits")
def limits(sides: Sides) -> Iterator[FieldDiff]:
    """Compare who may see a draft."""
    old, new = said_limits(sides.old), said_limits(sides.new)
    if sides.old != sides.new:
        notes = () if old != new else (Note("detail", "Other people or organisations, as many"),)
        yield sides.diff(BlockChange("changed", "value", replaced(old, new), notes))


def said_limits(value: Any) -> str:
    """Return access limits in words."""
    if not value:
        return "Everybody who may see drafts"
    rows = value if isinstance(value, dict) else {}
    parts = []
    for name, (one, many) in WHO.items():
        count = len(rows[name]) if isinstance(rows.get(name), list) else 0
        if count:
            parts.append(f"{count} {one if count == 1 else many}")
    return "Only " + " and ".join(parts) if parts else "Nobody"


WHO = {"users": ("person", "people"), "organisations": ("organisation", "organisations")}
