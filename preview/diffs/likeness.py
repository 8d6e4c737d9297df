"""How alike two things are, and which of two lists go together, in bounded work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from preview.diffs.sequences import Pair, gaps, rising
from preview.reading import words

# Words beyond which order is left out of account.
LONG = 2000
ALIKE = 0.4
# Letters tell better than words in texts as short as this.
SHORT = 6


@dataclass
class Budget:
    """How many likenesses a comparison may still compute: its time is bounded by it."""

    left: int = 60_000

    def spend(self, count: int) -> bool:
        """Take `count`; False, and nothing taken, where there is not as much."""
        if count > self.left:
            return False
        self.left -= count
        return True


def meaningful(text: str) -> list[str]:
    """Return the words of a text without spaces and signs, in lower case."""
    return [word.lower() for word in words(text) if any(map(str.isalnum, word))]


def likeness(before: list[str], after: list[str]) -> float:
    """Return how alike two lists of words are, from 0 to 1."""
    if not before or not after:
        return 1.0 if before == after else 0.0
    if max(len(before), len(after)) > LONG:
        shared = sum((Counter(before) & Counter(after)).values())
        return 2 * shared / (len(before) + len(after))
    by_words = Indel.normalized_similarity(before, after)
    if by_words < ALIKE and max(len(before), len(after)) <= SHORT:
        by_letters = Indel.normalized_similarity(" ".join(before), " ".join(after))
        return by_letters if by_letters > 0.7 else by_words
    return by_words


def best_pairs(
    rows: int, columns: int, score: Callable[[int, int], float], least: float
) -> list[Pair]:
    """Return the pairs, both rising, whose scores of at least `least` have the greatest sum."""
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    taken = set()
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            value = score(i, j)
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if value >= least and value + best[i + 1][j + 1] > best[i][j]:
                best[i][j] = value + best[i + 1][j + 1]
                taken.add((i, j))
    found, i, j = [], 0, 0
    while i < rows and j < columns:
        if (i, j) in taken:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def by_shingles(before: Sequence[list[str]], after: Sequence[list[str]]) -> dict[Pair, int]:
    """Return how many rare runs of three words each pair of texts shares, where it shares any."""
    places: dict[Hashable, int] = {}
    for at, text in enumerate(before):
        for shingle in set(zip(text, text[1:], text[2:], strict=False)):
            places[shingle] = at if shingle not in places else -1
    seen: dict[Hashable, int] = {}
    for at, text in enumerate(after):
        for shingle in set(zip(text, text[1:], text[2:], strict=False)):
            if places.get(shingle, -1) >= 0:
                seen[shingle] = at if shingle not in seen else -1
    return Counter((places[one], at) for one, at in seen.items() if at >= 0)


def go_together(
    before: Sequence[list[str]], after: Sequence[list[str]], budget: Budget
) -> tuple[list[Pair], bool]:
    """Return which texts are a version of which, both rising; and whether some were too many."""
    if not before or not after:
        return [], False
    anchors: list[Pair] = []
    if len(before) * len(after) > 400:
        anchors = [
            (i, j)
            for i, j in best_of(by_shingles(before, after))
            if likeness(before[i], after[j]) >= ALIKE
        ]
    pairs, coarse = [], False
    for at, (gone, come) in enumerate(gaps(anchors, len(before), len(after))):
        if gone and come and budget.spend(len(gone) * len(come)):
            least = ALIKE if len(gone) * len(come) > 1 else ALIKE / 2

            def score(i: int, j: int, gone: range = gone, come: range = come) -> float:
                return likeness(before[gone[i]], after[come[j]])

            found = best_pairs(len(gone), len(come), score, least)
            pairs += [(gone[i], come[j]) for i, j in found]
        elif gone and come:
            coarse = True
        if at < len(anchors):
            pairs.append(anchors[at])
    return pairs, coarse


def best_of(votes: dict[Pair, int]) -> list[Pair]:
    """Return for each text the one that shares most with it, as many as keep their order."""
    chosen: dict[int, Pair] = {}
    for pair, count in votes.items():
        known = chosen.get(pair[0])
        if known is None or votes[known] < count:
            chosen[pair[0]] = pair
    return rising(sorted(chosen.values()))
