"""Two versions of a rich text: its blocks, those that moved, and within a block its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from preview.diffs.changes import BlockChange, Span, SpanState, State
from preview.diffs.likeness import Budget, go_together, meaningful
from preview.diffs.moves import moved
from preview.diffs.notes import notes_of, notes_on
from preview.diffs.sequences import Pair, gaps, matches
from preview.diffs.tables import compare_tables, whole
from preview.diffs.texts import compare_texts
from preview.reading import Block, read

TOO_MANY = "So much changed that some parts are shown as removed and added, not word by word."


@dataclass(frozen=True, slots=True)
class RichDiff:
    """All blocks of both versions, in reading order; `coarse` says why it is not finer."""

    blocks: tuple[BlockChange, ...]
    coarse: str = ""

    def __bool__(self) -> bool:
        return any(block.state != "same" for block in self.blocks)


def compare_html(before: str, after: str) -> RichDiff:
    """Return what changed between two rich texts or pages; any HTML has an answer."""
    return compare_blocks(read(before), read(after))


def compare_blocks(before: Sequence[Block], after: Sequence[Block]) -> RichDiff:
    """Return what changed between the blocks of two versions."""
    budget = Budget()
    pairs, coarse = matches([one.seen for one in before], [one.seen for one in after])
    rows: list[tuple[int | None, int | None]] = []
    for at, (gone, come) in enumerate(gaps(pairs, len(before), len(after))):
        found, too_many = in_gap(before, after, gone, come, budget)
        coarse = coarse or too_many
        for place, (out, into) in enumerate(gaps(found, len(gone), len(come))):
            rows += [(gone[i], None) for i in out]
            rows += [(None, come[j]) for j in into]
            if place < len(found):
                rows.append((gone[found[place][0]], come[found[place][1]]))
        if at < len(pairs):
            rows.append(pairs[at])
    return told(before, after, rows, budget, TOO_MANY if coarse else "")


def in_gap(
    before: Sequence[Block], after: Sequence[Block], gone: range, come: range, budget: Budget
) -> tuple[list[Pair], bool]:
    """Return which blocks between two unchanged ones are versions of each other."""
    if not gone or not come:
        return [], False
    first, second = [fingerprint(before[i]) for i in gone], [fingerprint(after[j]) for j in come]
    return go_together(first, second, budget)


def fingerprint(block: Block) -> list[str]:
    """Return the words that a block is recognised by; an image by its file, too."""
    found = meaningful(block.text)
    return [*found, block.address] if block.kind == "image" else found


def told(
    before: Sequence[Block],
    after: Sequence[Block],
    rows: list[tuple[int | None, int | None]],
    budget: Budget,
    coarse: str,
) -> RichDiff:
    """Return the changes of the rows, each two versions of a block or one that stands alone."""
    out = [i for i, j in rows if i is not None and j is None]
    into = [j for i, j in rows if j is not None and i is None]
    pairs, too_many = moved(before, after, out, into, budget)
    came_from, went = {j: i for i, j in pairs}, {i for i, _ in pairs}
    found: list[BlockChange] = []
    reasons = [coarse or (TOO_MANY if too_many else "")]
    for i, j in rows:
        if j is None and i is not None:
            found.append(alone(before[i], "moved_away" if i in went else "removed"))
        elif j is not None and i is None and j not in came_from:
            found.append(alone(after[j], "added"))
        elif j is not None:
            old = before[came_from[j] if i is None else i]
            change, reason = both(old, after[j], budget)
            found.append(replace(change, state="moved") if i is None else change)
            reasons.append(reason)
    return RichDiff(tuple(found), next(filter(None, reasons), ""))


def alone(block: Block, state: State) -> BlockChange:
    """Return a block that only one version has at this place."""
    inner: SpanState = "added" if state == "added" else "removed"
    rows = whole(block.rows, inner) if block.rows else ()
    spans = (Span(inner, block.text),) if block.text and not rows else ()
    return shaped(block, BlockChange(state, block.kind, spans, notes_of(block), rows))


def both(before: Block, after: Block, budget: Budget) -> tuple[BlockChange, str]:
    """Return what changed between two versions of a block, and why it is coarse."""
    state: State = "same" if before.seen == after.seen else "changed"
    notes = () if state == "same" else notes_on(before, after)
    if before.rows and after.rows:
        if state == "same":
            rows = whole(after.rows, "same")
        else:
            rows = compare_tables(before.rows, after.rows, budget)
        return shaped(after, BlockChange(state, after.kind, (), notes, rows)), ""
    spans, coarse = compare_texts(before.text, after.text)
    return shaped(after, BlockChange(state, after.kind, spans, notes)), coarse


def shaped(block: Block, change: BlockChange) -> BlockChange:
    """Return the change with what the block looks like."""
    return replace(
        change, level=block.level, box=block.box, numbered=block.numbered, path=block.path
    )
