"""Which members of two sequences are the same ones, in bounded time.

Source: the longest common subsequence as RapidFuzz computes it (Hyyrö, bit-parallel); long ones
are cut first where a member stands once on both sides (Bram Cohen's patience diff).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence

from rapidfuzz.distance import Indel

Pair = tuple[int, int]
# Bits of the matrix that one comparison may fill: 64 MB, half a second.
LARGEST = 500_000_000
# Below this a whole comparison costs less than cutting it.
SMALL = 1_000_000


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[list[Pair], bool]:
    """Return the positions of equal members, both rising; and whether too long parts were left."""
    first, second = numbered(before, after)
    start, end = trimmed(first, second)
    pairs = [(at, at) for at in range(start)]
    middle, coarse = between(first, second, start, end)
    ends = zip(
        range(len(first) - end, len(first)), range(len(second) - end, len(second)), strict=True
    )
    return [*pairs, *middle, *ends], coarse


def numbered(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Return both with a number for each member, equal for equal ones: quick to compare."""
    numbers: dict[Hashable, int] = {}
    first = [numbers.setdefault(one, len(numbers)) for one in before]
    return first, [numbers.setdefault(one, len(numbers)) for one in after]


def trimmed(first: Sequence[int], second: Sequence[int]) -> Pair:
    """Return how many members are the same at the start and, of the rest, at the end."""
    shorter = min(len(first), len(second))
    start = next((at for at in range(shorter) if first[at] != second[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if first[-1 - at] != second[-1 - at]), rest)
    return start, end


def between(first: list[int], second: list[int], start: int, end: int) -> tuple[list[Pair], bool]:
    """Return the matches of what is left of both ends."""
    left, right = first[start : len(first) - end], second[start : len(second) - end]
    cuts = [] if len(left) * len(right) <= SMALL else unique(left, right)
    found: list[Pair] = []
    coarse, at, to = False, 0, 0
    for i, j in [*cuts, (len(left), len(right))]:
        part, other = left[at:i], right[to:j]
        if len(part) * len(other) > LARGEST:
            coarse = True
        else:
            found += [(at + one, to + two) for one, two in common(part, other)]
        if i < len(left):
            found.append((i, j))
        at, to = i + 1, j + 1
    return [(start + i, start + j) for i, j in found], coarse


def common(first: list[int], second: list[int]) -> list[Pair]:
    """Return a longest common subsequence."""
    if not first or not second:
        return []
    return [
        (code.src_start + step, code.dest_start + step)
        for code in Indel.opcodes(first, second)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    ]


def unique(first: list[int], second: list[int]) -> list[Pair]:
    """Return the members that stand once on both sides, as many as keep their order."""
    once = {one for one, count in Counter(first).items() if count == 1}
    once &= {one for one, count in Counter(second).items() if count == 1}
    places = {one: at for at, one in enumerate(second) if one in once}
    return rising([(at, places[one]) for at, one in enumerate(first) if one in once])


def rising(pairs: list[Pair]) -> list[Pair]:
    """Return the longest part of pairs, sorted by their first, whose second rises too."""
    tails: list[int] = []
    tail_at: list[int] = []
    previous: list[int] = []
    for at, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        previous.append(tail_at[place - 1] if place else -1)
        tails[place : place + 1] = [value]
        tail_at[place : place + 1] = [at]
    found, at = [], tail_at[-1] if tail_at else -1
    while at >= 0:
        found.append(pairs[at])
        at = previous[at]
    return found[::-1]


def gaps(pairs: list[Pair], first: int, second: int) -> list[tuple[range, range]]:
    """Return what is between the matches of two sequences of these lengths, one more than pairs."""
    edges = [(-1, -1), *pairs, (first, second)]
    return [
        (range(edges[at][0] + 1, edges[at + 1][0]), range(edges[at][1] + 1, edges[at + 1][1]))
        for at in range(len(edges) - 1)
    ]
