"""All checks of a page, by its size."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from preview.quality import RULES, Around, check_page
from tests.benchmarks.diff import milliseconds
from tests.benchmarks.texts import page, paragraphs

AROUND = Around(datetime(2026, 11, 25, tzinfo=UTC))
ITEM = {"schema_name": "answer", "title": "Harbours", "description": "All of them", "locale": "en"}


def measure() -> dict[str, Any]:
    """Return milliseconds for a page of 30 kB and one of 300 kB."""
    small, large = page(paragraphs(30_000)), page(paragraphs(300_000))
    return {
        "rules": len(RULES),
        "30_kB_ms": milliseconds(lambda: check_page(small, ITEM, AROUND)),
        "300_kB_ms": milliseconds(lambda: check_page(large, ITEM, AROUND)),
    }
