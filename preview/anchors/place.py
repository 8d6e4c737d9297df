"""Placing: first the very words, then words like them, then nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from preview.anchors.anchor import Anchor, normal
from preview.anchors.changed import place_changed
from preview.anchors.passages import Passages, meaningful
from preview.anchors.placement import SENTENCES, SEVERAL, Placement, State, lost
from preview.anchors.surroundings import fit

# Places of the same words that are weighed; more say nothing anyhow.
MOST = 400
# How well the surroundings must fit, by how many words the quote has.
NEEDED = ((2, 0.6), (5, 0.35))
# Among several places of the same words one must fit at least this well, and better by so much.
NEEDED_OF_SEVERAL = 0.45
BETTER_BY = 0.08
# Surroundings that fit so well moved with the passage, if anything moved.
IN_PLACE = 0.45


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the very words: how well the surroundings fit, and whether it is the old place."""

    start: int
    fit: float
    same_path: bool
    same_place: bool

    @property
    def weight(self) -> float:
        """How likely it is the passage."""
        return self.fit + 0.2 * self.same_path + 0.1 * self.same_place


def place(anchor: Anchor, passages: Passages) -> Placement:
    """Return where an anchor's passage stands in a version.

    The same words with fitting surroundings are `exact`, elsewhere `moved`; other words where the
    surroundings leave no doubt are `changed`. What could be another passage is `lost`.
    """
    quote = normal(anchor.quote)
    if not quote.strip():
        return lost()
    places = sorted(found_in(anchor, quote, passages), key=lambda one: one.weight, reverse=True)
    if places and trusted(anchor, quote, places):
        return told(quote, places[0], passages)
    changed = place_changed(anchor, quote, passages)
    if changed.state == "lost" and len(places) > 1:
        return lost(SEVERAL)
    return changed


def found_in(anchor: Anchor, quote: str, passages: Passages) -> Iterator[Found]:
    """Return the places of the very words that start and end where words do."""
    text, start, count = passages.text, passages.text.find(quote), 0
    while start >= 0 and count < MOST:
        end = start + len(quote)
        if whole_words(anchor, text, start, end):
            block = passages.block_at(start)
            same_path = passages.blocks[block].path == anchor.path
            same_place = same_path and start - passages.starts[block] == anchor.at
            yield Found(start, fit(anchor, passages, start, end), same_path, same_place)
            count += 1
        start = text.find(quote, start + 1)


def whole_words(anchor: Anchor, text: str, start: int, end: int) -> bool:
    """Return whether a place cuts no word that the anchor does not cut."""
    cut_before = text[start - 1 : start].isalnum() and text[start].isalnum()
    cut_after = text[end : end + 1].isalnum() and text[end - 1].isalnum()
    may_before, may_after = anchor.prefix[-1:].isalnum(), anchor.suffix[:1].isalnum()
    return (not cut_before or may_before) and (not cut_after or may_after)


def trusted(anchor: Anchor, quote: str, places: list[Found]) -> bool:
    """Return whether the best place is the passage beyond doubt."""
    best = places[0]
    if len(places) > 1:
        clear = best.same_place or best.weight - places[1].weight >= BETTER_BY
        return clear and best.fit >= NEEDED_OF_SEVERAL
    count = len(meaningful(quote))
    needed = next((least for most, least in NEEDED if count <= most), 0.0)
    if anchor.copies > 1:
        needed = max(needed, NEEDED_OF_SEVERAL)
    return best.fit >= needed


def told(quote: str, best: Found, passages: Passages) -> Placement:
    """Return the placement of the very words."""
    in_place = best.fit >= IN_PLACE or (best.same_path and best.fit >= IN_PLACE / 2)
    state: State = "exact" if in_place else "moved"
    end = best.start + len(quote)
    block = passages.block_at(best.start)
    score = 1.0 if in_place else round(0.6 + 0.4 * best.fit, 2)
    path = passages.blocks[block].path
    words = passages.text[best.start : end]
    return Placement(state, SENTENCES[state], score, best.start, end, block, path, words)
