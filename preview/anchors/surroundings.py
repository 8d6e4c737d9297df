"""How well what stands around a passage fits what stood around it."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from preview.anchors.anchor import CONTEXT, Anchor, normal
from preview.anchors.passages import Passages, meaningful

# So many words next to a passage, all as they were, leave no doubt about that side.
ADJACENT = 3


def fit(anchor: Anchor, passages: Passages, start: int, end: int) -> float:
    """Return from 0 to 1 how well both sides of a place fit the anchor's."""
    sides = before(anchor, passages, start), after(anchor, passages, end)
    return sum(sides) / 2


def before(anchor: Anchor, passages: Passages, start: int) -> float:
    """Return how well what stands before a place fits."""
    there = passages.text[max(0, start - CONTEXT) : start]
    return side(meaningful(normal(anchor.prefix))[::-1], meaningful(there)[::-1])


def after(anchor: Anchor, passages: Passages, end: int) -> float:
    """Return how well what stands after a place fits."""
    there = passages.text[end : end + CONTEXT]
    return side(meaningful(normal(anchor.suffix)), meaningful(there))


def side(known: list[str], there: list[str]) -> float:
    """Return how alike two sides are, nearest words first; those next to the passage count double.

    A passage at the start or end of a page fits such a place, and half where something was added.
    """
    if not known:
        return 1.0 if not there else 0.5
    if not there:
        return 0.0
    wanted = min(ADJACENT, len(known))
    near = next((at for at in range(wanted) if known[at : at + 1] != there[at : at + 1]), wanted)
    return (near / wanted + Indel.normalized_similarity(known, there)) / 2
