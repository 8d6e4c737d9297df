"""Pages of one warm process: each alone, all together, and how large ones grow.

The floor, measured in the same run, is the sanitiser over the rich text of the same items: what a
page costs that does nothing but put safe HTML out.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from preview import pages
from preview.pages.sanitise import sanitised
from tests.conftest import SHARED
from tests.factories.gallery import items

SHARED_ITEMS = SHARED / "data" / "content-items" / "frontend"
ROUNDS = 5
PARAGRAPH = "<p>The office opens at <em>nine</em> and <a href='/fees'>the fees</a> are due.</p>"
MEGABYTE = 1_000_000


def examples() -> tuple[str, list[dict[str, Any]]]:
    """Return where the items come from, and the items."""
    if SHARED_ITEMS.is_dir():
        paths = sorted(SHARED_ITEMS.rglob("*.json"))
        return "shared examples", [json.loads(path.read_text("utf-8")) for path in paths]
    return "gallery", list(items().values())


def milliseconds(act: Callable[[], object]) -> float:
    """Return how long a call takes, the median of several."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - started))
    return statistics.median(taken)


def texts(value: Any) -> Iterator[str]:
    """Give every text of an item that is HTML."""
    if isinstance(value, str):
        if "<" in value:
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


def measure() -> dict[str, Any]:
    """Return pages a second, milliseconds a page, the ratio to the floor, and the growth."""
    source, known = examples()
    live = {item.get("base_path"): item for item in known}
    options = pages.Options(now=datetime(2026, 1, 15, 12, tzinfo=UTC), lookup=live.get)
    work = [(item, path) for item in known for path in pages.paths(item, options)]
    for item, path in work:  # warm: templates compiled, labels read
        pages.render(item, path, options=options)
    taken = [
        milliseconds(lambda item=item, path=path: pages.render(item, path, options=options))
        for item, path in work
    ]
    bodies = [text for item in known for text in texts(item.get("details"))]
    floor = milliseconds(lambda: [sanitised(text) for text in bodies])
    return {
        "source": source,
        "pages": len(work),
        "pages_per_s": round(1000 * len(taken) / sum(taken), 1),
        "median_ms": round(statistics.median(taken), 2),
        "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2),
        "slowest_ms": round(max(taken), 2),
        "slowest": work[taken.index(max(taken))][1],
        "ratio_to_sanitising": round(sum(taken) / floor, 2),
        "body_of_1_MB_ms": round(milliseconds(lambda: rendered(large_body(MEGABYTE))), 1),
        "growth": growth(),
    }


def rendered(item: dict[str, Any]) -> pages.Page:
    """Return the first page of an item."""
    return pages.render(item, options=pages.Options(now=datetime(2026, 1, 15, tzinfo=UTC)))


def large_body(size: int) -> dict[str, Any]:
    """Return an answer whose body has about `size` bytes."""
    return {**items()["answer"], "details": {"body": PARAGRAPH * (size // len(PARAGRAPH))}}


def manual(sections: int) -> dict[str, Any]:
    """Return a manual with a number of sections."""
    rows = [
        {"title": f"Section {n}", "description": "Moorings", "base_path": f"/guidance/m/{n}"}
        for n in range(sections)
    ]
    groups = [{"title": "All", "child_sections": rows}]
    return {**items()["manual"], "details": {"body": "", "child_section_groups": groups}}


def countries(count: int) -> dict[str, Any]:
    """Return the list of countries with a number of them."""
    children = [
        {
            "title": f"Country {n}",
            "base_path": f"/foreign-travel-advice/{n}",
            "public_updated_at": "2026-01-12T10:15:00Z",
            "details": {"country": {"name": f"Country {n}", "slug": str(n), "synonyms": []}},
        }
        for n in range(count)
    ]
    return {**items()["travel_advice_index"], "links": {"children": children}}


def growth() -> dict[str, float]:
    """Return the time of a large page beside one of half its size: 2 is linear."""
    pairs = {
        "body, 1 MB to 0.5 MB": (large_body(MEGABYTE), large_body(MEGABYTE // 2)),
        "manual, 2,000 to 1,000 sections": (manual(2000), manual(1000)),
        "travel advice, 460 to 230 countries": (countries(460), countries(230)),
    }
    return {
        name: round(
            milliseconds(lambda item=large: rendered(item))
            / milliseconds(lambda item=half: rendered(item)),
            2,
        )
        for name, (large, half) in pairs.items()
    }
