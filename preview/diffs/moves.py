"""Blocks that left one place and came to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from preview.diffs.likeness import Budget, by_shingles, likeness, meaningful
from preview.diffs.sequences import Pair
from preview.reading import Block

# A text of fewer words may stand in two places by chance; a heading or an image hardly does.
FEWEST = 2
# A block that moved and changed as well is the same one only if most of it is.
MOSTLY = 0.75
FEWEST_CHANGED = 8


def moved(
    before: Sequence[Block],
    after: Sequence[Block],
    out: list[int],
    into: list[int],
    budget: Budget,
) -> tuple[list[Pair], bool]:
    """Return which blocks that went are the same as which that came; and if some were too many."""
    places = defaultdict(list)
    for i in out:
        if tells(before[i]):
            places[before[i].kind, before[i].text, before[i].address].append(i)
    pairs = []
    for j in into:
        known = places.get((after[j].kind, after[j].text, after[j].address))
        if known:
            pairs.append((known.pop(0), j))
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    more, coarse = changed_too(
        before,
        after,
        [i for i in out if i not in left],
        [j for j in into if j not in right],
        budget,
    )
    return pairs + more, coarse


def tells(block: Block) -> bool:
    """Return whether a block says enough to be known again elsewhere."""
    return block.kind in ("heading", "image", "table") or len(meaningful(block.text)) >= FEWEST


def changed_too(
    before: Sequence[Block],
    after: Sequence[Block],
    out: list[int],
    into: list[int],
    budget: Budget,
) -> tuple[list[Pair], bool]:
    """Return the blocks that moved and have other words in places."""
    first, second = (
        [meaningful(before[i].text) for i in out],
        [meaningful(after[j].text) for j in into],
    )
    candidates = by_shingles(first, second)
    if not budget.spend(len(candidates)):
        return [], True
    scored = []
    for i, j in candidates:
        fits = min(len(first[i]), len(second[j])) >= FEWEST_CHANGED
        if fits and before[out[i]].kind == after[into[j]].kind:
            scored.append((likeness(first[i], second[j]), i, j))
    found: list[Pair] = []
    left: set[int] = set()
    right: set[int] = set()
    for score, i, j in sorted(scored, reverse=True):
        if score >= MOSTLY and i not in left and j not in right:
            found.append((out[i], into[j]))
            left.add(i)
            right.add(j)
    return found, False
