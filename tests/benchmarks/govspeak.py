"""Govspeak: documents and kilobytes a second on one core, beside Python-Markdown with "extra"."""

from __future__ import annotations

import json
import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import markdown

from preview.govspeak import to_html
from tests.conftest import SHARED

CASES = SHARED / "data" / "govspeak" / "cases.jsonl"
ROUNDS = 7
ORDINARY = "The harbour office opens at nine and [the fees](/fees) are *due* in May.\n\n"
LARGE = {
    "1 MB of ordinary text": ORDINARY * 13_600,
    **{f"100,000 of {mark}": mark * 100_000 for mark in "[*_>`"},
    "20,000 open $CTA": "$CTA a " * 20_000,
    "10,000 nested lists": "- " * 10_000 + "a",
    "10,000 nested quotations": "> " * 10_000 + "a",
    "50,000 footnotes": "".join(f"A claim[^{n}].\n\n[^{n}]: A note\n\n" for n in range(50_000)),
    "a table of 20,000 rows": "| Aldmouth | 4 | open all year round |\n" * 20_000,
}


def documents() -> list[str]:
    """Return the texts of the shared cases that are whole documents."""
    rows = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    return [row["input"] for row in rows if row["feature"] == "document"]


def seconds(act: Callable[[], object]) -> float:
    """Return how long a call takes."""
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def beside(text: str) -> str:
    """Return what Python-Markdown makes of a text."""
    return markdown.markdown(text, extensions=["extra"])


def measure() -> dict[str, Any]:
    """Return the speed on documents, and the time a byte of large texts beside ordinary ones."""
    if not CASES.exists():
        return {"left out": "no shared cases beside the project"}
    texts = documents()
    size = sum(len(text.encode()) for text in texts)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(seconds(lambda: [to_html(text) for text in texts]))
        theirs.append(seconds(lambda: [beside(text) for text in texts]))
    ratios = [other / own for own, other in zip(ours, theirs, strict=True)]
    return {
        "documents_per_s": len(texts) / statistics.median(ours),
        "kB_per_s": size / 1000 / statistics.median(ours),
        "python_markdown_documents_per_s": len(texts) / statistics.median(theirs),
        "ratio_to_python_markdown": statistics.median(ratios),
        "large": large(),
        "memory_ratio_1_MB": memory_ratio(),
    }


def large() -> dict[str, float]:
    """Return the time a byte of each large text, as a ratio to ordinary text."""
    ordinary = seconds(lambda: to_html(ORDINARY * 4000)) / len(ORDINARY * 4000)
    return {
        name: round(seconds(lambda text=text: to_html(text)) / len(text) / ordinary, 2)
        for name, text in LARGE.items()
    }


def memory_ratio() -> float:
    """Return the greatest memory of a rendering, as a ratio to the text's size."""
    text = ORDINARY * 13_600
    tracemalloc.start()
    to_html(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / len(text)
