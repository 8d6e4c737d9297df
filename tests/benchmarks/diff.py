"""Comparison of two pages, re-anchoring of comments, and how both grow."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from preview.anchors import Passages, place
from preview.diffs import compare_html, inline
from tests.benchmarks.texts import changed, page, paragraphs

ROUNDS = 5


def milliseconds(act: Callable[[], object]) -> float:
    """Return the best of some rounds: what the work takes, not what else the machine does."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append(time.perf_counter() - started)
    return round(1000 * min(times), 1)


def measure() -> dict[str, Any]:
    """Return milliseconds: of two 100 kB pages, of 1 MB, of 200 comments on a 100 kB page."""
    texts = paragraphs(100_000)
    old, new = page(texts), page(changed(texts))
    large = paragraphs(1_000_000)
    old_large, new_large = page(large), page([text.replace(" ", " changed ", 1) for text in large])
    found = compare_html(old, new)
    return {
        "100_kB_ms": milliseconds(lambda: compare_html(old, new)),
        "100_kB_shown_ms": milliseconds(lambda: inline(found)),
        "100_kB_all_other_ms": milliseconds(
            lambda: compare_html(old, page(paragraphs(100_000, seed=8)))
        ),
        "1_MB_every_paragraph_changed_ms": milliseconds(lambda: compare_html(old_large, new_large)),
        "re_anchor_200_comments_ms": milliseconds(lambda: placed(old, new)),
    }


def placed(old: str, new: str) -> int:
    """Place 200 comments on a new version; return how many have a place."""
    before, after = Passages.of(old), Passages.of(new)
    step = max(1, len(before.blocks) // 200)
    anchors = [before.anchor_block(at % len(before.blocks)) for at in range(0, 200 * step, step)]
    return sum(place(anchor, after).state != "lost" for anchor in anchors)
