"""Expansion: an item with 500 links, each with 3 levels, through a warm cache in Redis."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.fakes.platform import platform
from tests.preview.overlay.site import id_of, live, site

LINKS = 500
ROUNDS = 21


def topics() -> list[dict[str, Any]]:
    """Return an item with many topics, each with two more above it."""
    items = [live("item", link_set={"taxons": [f"t{n}" for n in range(LINKS)]})]
    for n in range(LINKS):
        items.append(live(f"t{n}", "taxon", link_set={"parent_taxons": [f"u{n}"]}))
        items.append(live(f"u{n}", "taxon", link_set={"parent_taxons": [f"v{n}"]}))
        items.append(live(f"v{n}", "taxon"))
    return items


def measure() -> dict[str, Any]:
    """Return the median time of an expansion, warm, and how much of it the processor worked."""
    import django
    from django.conf import settings

    from scripts.servers import Valkey

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        valkey = Valkey(Path(folder))
        valkey.start()
        settings.REDIS_URL = valkey.url
        settings.LIVE_CONTENT_FRESH_SECONDS = 3600
        try:
            return measured()
        finally:
            valkey.stop()


def measured() -> dict[str, Any]:
    """Measure against a platform over HTTP whose answers are in the cache."""
    from preview.overlay.overlay import Overlay
    from preview.overlay.proposals import Proposals
    from publishing_bridge.links import PublishingRules
    from publishing_bridge.upstream import PublishingPlatform

    found = site(*topics())
    with platform(found) as running:
        content = PublishingPlatform(running.url, running.url)
        item = found.item(found.contents[id_of("item"), "en"])

        def expand() -> tuple[float, float]:
            started, busy = time.perf_counter(), time.process_time()
            links = PublishingRules().expand(item, Overlay(Proposals(), content))
            if len(links["taxons"]) != LINKS:
                raise RuntimeError("links are missing")
            return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - busy)

        cold, _ = expand()
        warm = [expand() for _ in range(ROUNDS)]
        asked = len(running.asked)
        expand()
        content.close()
        return {
            "links": LINKS,
            "levels": 3,
            "cold_ms": cold,
            "warm_ms": statistics.median(one for one, _ in warm),
            "warm_processor_ms": statistics.median(one for _, one in warm),
            "requests_when_warm": len(running.asked) - asked,
        }
