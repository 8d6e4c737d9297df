"""Two versions of a table, row by row and cell by cell, columns that came and went told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from preview.diffs.changes import CellChange, RowChange, Span, SpanState, State
from preview.diffs.likeness import Budget, best_pairs, likeness, meaningful
from preview.diffs.sequences import Pair, gaps, matches
from preview.diffs.texts import compare_texts
from preview.reading import Cell

Row = Sequence[Cell]
Column = tuple[int | None, int | None]
ALIKE = 0.34
FILLER = Cell("", span=0)
WIDEST = 200


def whole(rows: Sequence[Row], state: State) -> tuple[RowChange, ...]:
    """Return the rows of a table that is new, gone or as it was."""
    return tuple(RowChange(state, tuple(one_sided(cell, state) for cell in row)) for row in rows)


def one_sided(cell: Cell, state: State) -> CellChange:
    """Return a cell that only one version has, or both alike."""
    how: SpanState = "removed"
    if state in ("same", "added", "moved"):
        how = "same" if state == "same" else "added"
    spans = (Span(how, cell.text),) if cell.text else ()
    return CellChange(how, spans, cell.header)


def compare_tables(
    before: Sequence[Row], after: Sequence[Row], budget: Budget
) -> tuple[RowChange, ...]:
    """Return all rows of both tables, a removed one before the one that stands in its place."""
    first, second = [spread(row) for row in before], [spread(row) for row in after]
    columns = columns_of(first, second)
    pairs = rows_together(first, second, columns, budget)
    found: list[RowChange] = []
    for at, (gone, come) in enumerate(gaps(pairs, len(first), len(second))):
        found += [*whole([drop(first[i]) for i in gone], "removed")]
        found += [*whole([drop(second[j]) for j in come], "added")]
        if at < len(pairs):
            i, j = pairs[at]
            found.append(row_change(first[i], second[j], columns))
    return tuple(found)


def spread(row: Row) -> Row:
    """Return a row with a filler for each further column that a cell goes over."""
    wide = [one for cell in row for one in [cell, *[FILLER] * (cell.span - 1)]]
    return wide[: max(WIDEST, len(row))]


def drop(row: Row) -> Row:
    """Return a row without its fillers."""
    return [cell for cell in row if cell is not FILLER]


def columns_of(first: Sequence[Row], second: Sequence[Row]) -> list[Column]:
    """Return the columns of both in order: by heading, else by what stands in them."""
    old, new = max(map(len, first), default=0), max(map(len, second), default=0)
    heads = [texts(rows[:1], count) for rows, count in ((first, old), (second, new))]
    if old == new and (heads[0] == heads[1] or Counter(heads[0]) != Counter(heads[1])):
        return [(at, at) for at in range(new)]
    pairs, _ = matches(*heads)
    if not pairs and old * new <= WIDEST * WIDEST:
        inside = [texts(rows[:50], count) for rows, count in ((first, old), (second, new))]

        def score(i: int, j: int) -> float:
            return shared(inside[0][i], inside[1][j])

        pairs = best_pairs(old, new, score, ALIKE)
    return aligned(pairs, old, new)


def texts(rows: Sequence[Row], count: int) -> list[tuple[str, ...]]:
    """Return the texts of each column."""
    return [tuple(row[at].text if at < len(row) else "" for row in rows) for at in range(count)]


def shared(before: Sequence[str], after: Sequence[str]) -> float:
    """Return how much of two columns is the same."""
    same = sum((Counter(before) & Counter(after)).values())
    return 2 * same / max(1, len(before) + len(after))


def aligned(pairs: list[Pair], old: int, new: int) -> list[Column]:
    """Return the columns of both in order; as many between two pairs on both sides go together."""
    found: list[Column] = []
    for at, (gone, come) in enumerate(gaps(pairs, old, new)):
        if len(gone) == len(come):
            found += zip(gone, come, strict=True)
        else:
            found += [*((i, None) for i in gone), *((None, j) for j in come)]
        if at < len(pairs):
            found.append(pairs[at])
    return found


def rows_together(
    first: Sequence[Row], second: Sequence[Row], columns: list[Column], budget: Budget
) -> list[Pair]:
    """Return which rows are versions of each other, compared in the columns that both have."""
    both = [(i, j) for i, j in columns if i is not None and j is not None]
    old = [tuple(text_at(row, i) for i, _ in both) for row in first]
    new = [tuple(text_at(row, j) for _, j in both) for row in second]
    pairs, _ = matches(old, new)
    found: list[Pair] = []
    for at, (gone, come) in enumerate(gaps(pairs, len(first), len(second))):
        found += in_gap(old, new, gone, come, budget)
        if at < len(pairs):
            found.append(pairs[at])
    return found


def in_gap(
    old: list[tuple[str, ...]],
    new: list[tuple[str, ...]],
    gone: range,
    come: range,
    budget: Budget,
) -> list[Pair]:
    """Return which changed rows go together; too many at once only by their first cell."""
    if not gone or not come:
        return []
    if not budget.spend(len(gone) * len(come)):
        firsts, seconds = [old[i][:1] for i in gone], [new[j][:1] for j in come]
        return [(gone[i], come[j]) for i, j in matches(firsts, seconds)[0]]

    def score(i: int, j: int) -> float:
        return row_likeness(old[gone[i]], new[come[j]])

    found = best_pairs(len(gone), len(come), score, ALIKE)
    return [(gone[i], come[j]) for i, j in found]


def row_likeness(before: tuple[str, ...], after: tuple[str, ...]) -> float:
    """Return how alike two rows are; the first cell, which names a row, counts as much as two."""
    if not before:
        return 0.0
    same = [one == two for one, two in zip(before, after, strict=True)]
    equal = (sum(same) + same[0]) / (len(same) + 1)
    words_alike = likeness(meaningful(" ".join(before)), meaningful(" ".join(after)))
    return max(equal, words_alike if same[0] or len(same) == 1 else words_alike * 0.7)


def text_at(row: Row, at: int) -> str:
    """Return the text of a cell, empty where the row is shorter."""
    return row[at].text if at < len(row) else ""


def row_change(before: Row, after: Row, columns: list[Column]) -> RowChange:
    """Return what changed in a row."""
    cells = [cell_change(before, after, column) for column in columns]
    kept = tuple(cell for cell in cells if cell is not None)
    changed = any(cell.state != "same" for cell in kept)
    return RowChange("changed" if changed else "same", kept)


def cell_change(before: Row, after: Row, column: Column) -> CellChange | None:
    """Return what changed in a cell; None where neither row has one there."""
    i, j = column
    old = before[i] if i is not None and i < len(before) else None
    new = after[j] if j is not None and j < len(after) else None
    old, new = (None if one is FILLER else one for one in (old, new))
    if old is None:
        return one_sided(new, "added") if new is not None else None
    if new is None:
        return one_sided(old, "removed")
    spans, _ = compare_texts(old.text, new.text)
    changed = old.text != new.text or old.header != new.header or old.links != new.links
    return CellChange("changed" if changed else "same", spans, new.header)
