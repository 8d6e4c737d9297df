"""Two texts, word by word, told in pieces that make sense to a person.

Source: Neil Fraser, “Diff Strategies” (semantic clean-up), for which matches are chance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from preview.diffs.changes import Span, SpanState
from preview.diffs.sequences import gaps, matches
from preview.reading import words

SENTENCE = re.compile(r"\S.*?(?:[.!?][\"'\u2019\u201d)]*(?=\s)|\n|$)\s*|\s+", re.DOTALL)
# Words times words that are compared word by word; beyond, sentence by sentence.
WORD_BY_WORD = 40_000_000
# A match of this many words is never chance.
MEANT = 4
BY_SENTENCE = "This text is very long, so it is compared sentence by sentence."
Step = tuple[SpanState, str]


def compare_texts(before: str, after: str) -> tuple[tuple[Span, ...], str]:
    """Return the spans that make both texts, and why they are coarse (empty where they are not)."""
    if before == after:
        return ((Span("same", after),) if after else ()), ""
    first, second = words(before), words(after)
    if len(first) * len(second) <= WORD_BY_WORD:
        return spans(first, second), ""
    return spans(SENTENCE.findall(before), SENTENCE.findall(after)), BY_SENTENCE


def replaced(before: str, after: str) -> tuple[Span, ...]:
    """Return the spans of a value that changes as a whole."""
    if before == after:
        return (Span("same", after),) if after else ()
    both: list[Step] = [("removed", before), ("added", after)]
    return tuple(Span(state, text) for state, text in both if text)


def spans(first: Sequence[str], second: Sequence[str]) -> tuple[Span, ...]:
    """Return the spans of two sequences of words or sentences."""
    pairs, _ = matches(first, second)
    runs: list[tuple[str, str, str]] = []
    for at, (gone, come) in enumerate(gaps(pairs, len(first), len(second))):
        kept = second[pairs[at][1]] if at < len(pairs) else ""
        removed, added = "".join(first[i] for i in gone), "".join(second[j] for j in come)
        if runs and not removed and not added:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + kept)
        else:
            runs.append((removed, added, kept))
    return told(without_chance(runs))


def without_chance(runs: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the runs (removed, added, then kept) with matches by chance made part of a change."""
    done: list[tuple[str, str, str]] = []
    for removed, added, kept in runs:
        while done and by_chance(done[-1], removed, added):
            gone, come, same = done.pop()
            removed, added = gone + same + removed, come + same + added  # noqa: PLW2901
        done.append((removed, added, kept))
    return done


def by_chance(run: tuple[str, str, str], removed: str, added: str) -> bool:
    """Return whether what is kept between two changes is too little to stand by itself."""
    gone, come, kept = run
    if not (gone or come):
        return False
    count = len(kept.split())
    if count >= MEANT:
        return False
    size = len(kept.strip())
    if not size:
        return True
    return size <= max(len(gone), len(come)) and size <= max(len(removed), len(added)) and count < 3


def told(runs: list[tuple[str, str, str]]) -> tuple[Span, ...]:
    """Return the spans of the runs: removed before added, before what is kept."""
    steps: list[Step] = []
    for removed, added, kept in runs:
        steps += [("removed", removed), ("added", added), ("same", kept)]
    return tuple(Span(state, text) for state, text in steps if text)
