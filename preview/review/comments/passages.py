"""The passages of a page that people comment on: what stands in its `main`."""

from __future__ import annotations

from functools import lru_cache

from preview.anchors import Anchor, Passages
from preview.anchors.anchor import normal
from preview.errors import InvalidReview
from preview.quality.elements import within
from preview.reading import events, read_events, squeezed
from preview.rendering import snapshots

KEPT_IN_MEMORY = 32
GONE = "This passage is not on the page any more. Choose another one."


@lru_cache(maxsize=KEPT_IN_MEMORY)
def passages_of(sha256: str) -> Passages:
    """Return the passages of a snapshot.

    Raises:
        FileNotFoundError: there is no such snapshot.

    """
    found = list(events(snapshots.get(sha256).decode()))
    return Passages.of_blocks(read_events(within(found, lambda one: one.tag == "main") or found))


def anchor_of(passages: Passages, block: str, quote: str = "", at: int = 0) -> Anchor:
    """Return the anchor of a block, or of words within it: their copy nearest to `at`.

    Raises:
        InvalidReview: there is no such block, or it does not hold the words.

    """
    number = passages.by_path.get(block)
    if number is None:
        raise InvalidReview("block", GONE)
    wanted = squeezed(quote)
    if not wanted:
        return passages.anchor_block(number)
    start, end = passages.starts[number], passages.end_of(number)
    place = nearest(passages.text[start:end], normal(wanted), at)
    if place < 0:
        raise InvalidReview("quote", "Enter words that stand in the passage, exactly as they do")
    return passages.anchor(start + place, start + place + len(wanted))


def nearest(text: str, wanted: str, at: int) -> int:
    """Return where the copy of some words nearest to `at` starts; -1 where there is none."""
    places, start = [], text.find(wanted)
    while start >= 0:
        places.append(start)
        start = text.find(wanted, start + 1)
    return min(places, key=lambda place: abs(place - at), default=-1)
