"""Two versions of a list whose members have an identity: tags, files, links, groups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from preview.diffs.changes import BlockChange, Note, Span, SpanState, State
from preview.diffs.sequences import Pair, gaps, rising
from preview.diffs.texts import compare_texts


@dataclass(frozen=True)
class Entry:
    """A member: what it may be known by, strongest first, what people call it, and the rest."""

    keys: tuple[Hashable, ...]
    text: str
    raw: Any = None


NotesOn = Callable[[Entry, Entry], tuple[Note, ...]]


def no_notes(before: Entry, after: Entry) -> tuple[Note, ...]:
    """Return no notes."""
    del before, after
    return ()


def known_again(before: Sequence[Entry], after: Sequence[Entry]) -> list[Pair]:
    """Return which members are the same ones: by the first key, then the next, last by the text."""
    pairs: list[Pair] = []
    left, right = dict(enumerate(before)), dict(enumerate(after))
    depth = max((len(one.keys) for one in [*before, *after]), default=0)
    for at in range(depth + 1):
        olds, news = by_key(left, at), by_key(right, at)
        for key, places in olds.items():
            for i, j in zip(places, news.get(key, []), strict=False):
                pairs.append((i, j))
                del left[i], right[j]
    return sorted(pairs)


def by_key(entries: dict[int, Entry], at: int) -> dict[Hashable, list[int]]:
    """Return where each key stands, empty ones left out."""
    found: dict[Hashable, list[int]] = {}
    for place, entry in entries.items():
        key = entry.keys[at] if at < len(entry.keys) else entry.text if at else ""
        if key:
            found.setdefault(key, []).append(place)
    return found


def compare_entries(
    before: Sequence[Entry],
    after: Sequence[Entry],
    notes_on: NotesOn = no_notes,
    *,
    ordered: bool = True,
) -> tuple[BlockChange, ...]:
    """Return every member of both: added, removed, changed (renamed, with notes), moved or same.

    `ordered` says whether the order means anything to readers.
    """
    pairs = known_again(before, after)
    in_place = rising(pairs)
    partner = {j: i for i, j in pairs}
    kept = {i for i, _ in pairs}
    found: list[BlockChange] = []
    for at, (gone, come) in enumerate(gaps(in_place, len(before), len(after))):
        found += [alone(before[i], "removed") for i in gone if i not in kept]
        for j in come:
            if j in partner:
                found.append(both(before[partner[j]], after[j], notes_on, moved=ordered))
            else:
                found.append(alone(after[j], "added"))
        if at < len(in_place):
            i, j = in_place[at]
            found.append(both(before[i], after[j], notes_on, moved=False))
    return tuple(found)


def alone(entry: Entry, state: State) -> BlockChange:
    """Return a member that only one version has."""
    inner: SpanState = "added" if state == "added" else "removed"
    return BlockChange(state, "entry", (Span(inner, entry.text),))


def both(before: Entry, after: Entry, notes_on: NotesOn, *, moved: bool) -> BlockChange:
    """Return what changed in a member."""
    spans, _ = compare_texts(before.text, after.text)
    notes = notes_on(before, after)
    if before.text != after.text:
        notes = (Note("name", f"Renamed from “{before.text}” to “{after.text}”"), *notes)
    if moved:
        notes = (*notes, Note("order", "Stands elsewhere in the list"))
    state: State = "moved" if moved else "changed" if notes else "same"
    return BlockChange(state, "entry", spans, notes)


def details(before: dict[str, Any], after: dict[str, Any], known: dict[str, str]) -> list[Note]:
    """Return a note for each plain member that differs; `known` names those with a name."""
    found = []
    for name, label in known.items():
        old, new = before.get(name), after.get(name)
        if old != new:
            found.append(Note("detail", f"{label}: {said(new)}, not {said(old)}"))
    return found


def said(value: Any) -> str:
    """Return a plain value as people say it."""
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
