"""Passages that were changed: between the words that stood around them, or by likeness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from preview.anchors.anchor import Anchor, normal
from preview.anchors.passages import Passages, meaningful
from preview.anchors.placement import REMOVED, SENTENCES, SEVERAL, Placement, lost
from preview.anchors.surroundings import after, before, fit

# Words that stood next to a passage and must stand there still to close in on it.
BESIDE = 4
# A passage may have grown to so many times its length.
GROWN = 3
# A passage of so few words may be replaced altogether where both sides are as they were.
SHORT = 4
SHORT_NOW = 6
CANDIDATES = 6
WORD = re.compile(r"\w+")
# A place by likeness is trusted where (likeness, fit of surroundings) reach one of these.
TRUSTED = ((0.75, 0.3), (0.6, 0.55), (0.5, 0.75))
# With other surroundings: so alike, so many words, and every number the same.
ALONE = 0.85
ALONE_WORDS = 8
CLOSE = 0.1
# So many words at either edge of a passage may have changed.
EDGE = 3
OPENING, CLOSING = "£$€#(\"'", "%.,;:!?)\"'"
# Letters times letters that a search by likeness may take: a tenth of a second.
MOST_WORK = 4_000_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place: how alike its words are, how well its surroundings fit."""

    start: int
    end: int
    alike: float
    fit: float

    @property
    def weight(self) -> float:
        """How likely it is the passage."""
        return self.alike + self.fit


def place_changed(anchor: Anchor, quote: str, passages: Passages) -> Placement:
    """Return where a passage stands whose words are not those of the anchor any more."""
    between = enclosed(anchor, quote, passages)
    if between is not None:
        start, end = between
        if not passages.text[start:end].strip():
            return lost(REMOVED)
        if replaced(anchor, quote, passages, start, end):
            return told(candidate(anchor, quote, passages, start, end), passages)
    everywhere = sorted(by_likeness(anchor, quote, passages), key=lambda one: -one.weight)
    found = [one for one in everywhere if trusted(anchor, quote, passages, one)]
    if not found:
        return lost()
    # Where what stood beside the passage is as much like it, likeness tells nothing.
    beside = [
        one.alike for one in everywhere if is_neighbour(anchor, passages.text[one.start : one.end])
    ]
    if found[0].alike - max(beside, default=0) < CLOSE:
        return lost(SEVERAL)
    rivals = [one for one in found[1:] if one.start >= found[0].end or one.end <= found[0].start]
    if rivals and found[0].weight - rivals[0].weight < CLOSE:
        return lost(SEVERAL)
    return told(found[0], passages)


def enclosed(anchor: Anchor, quote: str, passages: Passages) -> tuple[int, int] | None:
    """Return what stands between the words that stood on both sides, where those stand once."""
    first = tail(normal(anchor.prefix))
    last = head(normal(anchor.suffix))
    text = passages.text
    if len(meaningful(first)) < 2 or len(meaningful(last)) < 2:
        return None
    if text.count(first) != 1:
        return None
    start = text.index(first) + len(first)
    end = text.find(last, start)
    if end < 0 or end - start > GROWN * len(quote) + 40:
        return None
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    return start, end


def tail(prefix: str) -> str:
    """Return the last words before a passage, with what is between them and it."""
    found = list(WORD.finditer(prefix))[-BESIDE:]
    return prefix[found[0].start() :].rstrip() if found else ""


def head(suffix: str) -> str:
    """Return the first words after a passage, with what is between it and them."""
    found = list(WORD.finditer(suffix))[:BESIDE]
    return suffix[: found[-1].end()].lstrip() if found else ""


def replaced(anchor: Anchor, quote: str, passages: Passages, start: int, end: int) -> bool:
    """Return whether what stands between both sides is the passage in other words."""
    old, new = meaningful(quote), meaningful(passages.text[start:end])
    if not new or is_neighbour(anchor, passages.text[start:end]):
        return False
    same_block = passages.block_at(start) == passages.block_at(end - 1)
    if len(old) <= SHORT and len(new) <= SHORT_NOW:
        return same_block
    return Indel.normalized_similarity(old, new) >= 0.4


def candidate(anchor: Anchor, quote: str, passages: Passages, start: int, end: int) -> Candidate:
    """Return a place with its likeness and fit."""
    alike = Indel.normalized_similarity(meaningful(quote), meaningful(passages.text[start:end]))
    return Candidate(start, end, alike, fit(anchor, passages, start, end))


def by_likeness(anchor: Anchor, quote: str, passages: Passages) -> Iterator[Candidate]:
    """Return the most alike passage of each block that shares rare words with the quote."""
    old = meaningful(quote)
    blocks = passages.like(old, CANDIDATES)
    at_path = passages.by_path.get(anchor.path)
    for block in dict.fromkeys([*blocks, *([] if at_path is None else [at_path])]):
        start, end = passages.starts[block], passages.end_of(block)
        end = max(end, min(len(passages.text), start + len(quote) + len(quote) // 2))
        if (end - start) * len(quote) > MOST_WORK:
            continue
        window = fuzz.partial_ratio_alignment(quote, passages.text[start:end])
        if window is None or end == start:
            continue
        shorter = len(quote) <= end - start
        first, last = (window.dest_start, window.dest_end) if shorter else (0, end - start)
        slack = len(quote) // 2
        low, high = max(start, start + first - slack), min(end, start + last + slack)
        if place := closest(old, passages, low, high):
            yield candidate(anchor, quote, passages, *to_its_edges(anchor, quote, passages, place))


def closest(old: list[str], passages: Passages, low: int, high: int) -> tuple[int, int] | None:
    """Return the part of a stretch of text from the first word that is the quote's to the last."""
    text = passages.text
    while low and text[low - 1 : low].isalnum():
        low -= 1
    while high < len(text) and text[high : high + 1].isalnum():
        high += 1
    spots = list(WORD.finditer(text, low, high))
    pieces = [word for part in old for word in WORD.findall(part)]
    new = [spot.group().lower() for spot in spots]
    numbers = {word: at for at, word in enumerate(dict.fromkeys([*pieces, *new]))}
    codes = Indel.opcodes([numbers[one] for one in pieces], [numbers[one] for one in new])
    runs = [(code.dest_start, code.dest_end) for code in codes if code.tag == "equal"]
    runs = without_strays(runs)
    if not runs:
        return None
    return spots[runs[0][0]].start(), spots[runs[-1][1] - 1].end()


def to_its_edges(
    anchor: Anchor, quote: str, passages: Passages, place: tuple[int, int]
) -> tuple[int, int]:
    """Return a place with the words at its edges that changed, and the signs that it had.

    An edge moves out by up to `EDGE` words where what is beyond it fits better then.
    """
    text, (start, end) = passages.text, place
    left = [
        start,
        *(one.start() for one in list(WORD.finditer(text, max(0, start - 80), start))[::-1]),
    ]
    right = [end, *(one.end() for one in WORD.finditer(text, end, end + 80))]
    start = max(left[: EDGE + 1], key=lambda at: before(anchor, passages, at))
    end = max(right[: EDGE + 1], key=lambda at: after(anchor, passages, at))
    while start and not quote[0].isalnum() and text[start - 1] in OPENING:
        start -= 1
    while end < len(text) and not quote[-1].isalnum() and text[end] in CLOSING:
        end += 1
    return start, end


def without_strays(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of equal words without single ones at the ends that stand far from the rest."""
    while len(runs) > 1 and runs[0][1] - runs[0][0] == 1 and runs[1][0] - runs[0][1] > 3:
        runs = runs[1:]
    while len(runs) > 1 and runs[-1][1] - runs[-1][0] == 1 and runs[-1][0] - runs[-2][1] > 3:
        runs = runs[:-1]
    return runs


def trusted(anchor: Anchor, quote: str, passages: Passages, one: Candidate) -> bool:
    """Return whether a place by likeness is the passage beyond doubt."""
    there = passages.text[one.start : one.end]
    if len(meaningful(quote)) <= 2 or is_neighbour(anchor, there):
        return False
    if any(one.alike >= alike and one.fit >= least for alike, least in TRUSTED):
        return one.fit >= 0.55 or numbers_in(quote) == numbers_in(there)
    same = numbers_in(quote) == numbers_in(there)
    enough = len(meaningful(quote)) >= ALONE_WORDS and anchor.copies == 1
    return same and enough and one.alike >= ALONE


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text: what tells rows and prices apart that are else alike."""
    return re.findall(r"\d[\d,.]*\d|\d", text)


def is_neighbour(anchor: Anchor, there: str) -> bool:
    """Return whether a place holds what stood beside the passage, and so is not the passage."""
    found = normal(there).strip()
    prefix, suffix = normal(anchor.prefix).strip(), normal(anchor.suffix).strip()
    if len(meaningful(found)) < 2:
        return False
    inside = found in prefix or found in suffix
    begins = len(meaningful(suffix)) >= BESIDE and found.startswith(suffix)
    ends = len(meaningful(prefix)) >= BESIDE and found.endswith(prefix)
    return inside or begins or ends


def told(one: Candidate, passages: Passages) -> Placement:
    """Return the placement of a passage in other words."""
    block = passages.block_at(one.start)
    score = round(min(0.99, 0.5 * one.alike + 0.5 * one.fit), 2)
    path, words = passages.blocks[block].path, passages.text[one.start : one.end]
    return Placement("changed", SENTENCES["changed"], score, one.start, one.end, block, path, words)
