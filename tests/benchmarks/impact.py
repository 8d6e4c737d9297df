"""Impact: a new name on 200 live pages, compared by two workers, from the save to the end."""

from __future__ import annotations

import json
import os
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

from tests.conftest import content_item

PAGES = 200
NAMED = str(uuid.uuid4())
PARAGRAPH = "<h2>Rule</h2><p>Harbours need <a href='/keepers'>keepers</a> who read rules.</p>"


def live_pages() -> list[dict[str, Any]]:
    """Return an organisation and news articles of about 8 kB that name it."""
    about = {"locale": "en", "public_updated_at": "2026-01-02T09:00:00Z"}
    named = {
        **about,
        "content_id": NAMED,
        "schema_name": "organisation",
        "document_type": "organisation",
        "title": "Old ministry",
        "base_path": "/ministry",
        "details": {"body": ""},
    }
    news = [
        {
            **about,
            "content_id": str(uuid.uuid4()),
            "schema_name": "news_article",
            "document_type": "news_story",
            "title": f"News {n}",
            "description": "What happened",
            "base_path": f"/news-{n}",
            "first_published_at": "2026-01-02T09:00:00Z",
            "details": {"body": f"<div class='govspeak'>{PARAGRAPH * 80}</div>"},
            "link_set": {"organisations": [NAMED]},
        }
        for n in range(PAGES)
    ]
    return [named, *news]


def measure() -> dict[str, Any]:
    """Return the seconds from the save of a new name until all pages are compared."""
    from scripts.run import ready
    from tests.end_to_end.conftest import Service

    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        items = Path(folder) / "items.json"
        items.write_text(json.dumps(live_pages()), "utf-8")
        service.environment |= {
            "LOG_LEVEL": "WARNING",
            "RENDER_TIME_LIMIT": "30",
            "OUTBOX_RESEND_AFTER": "45",
            "LIVE_CONTENT": "tests.benchmarks.live_items.LiveItems",
            "LIVE_ITEMS": str(items),
        }
        service.valkey.start()
        try:
            service.manage("migrate", "-v0")
            service.start("web")
            service.start("worker", "-c", "2")
            service.start("beat")
            if not ready(str(service.port)):
                raise RuntimeError("the service did not become ready")
            return measured(service)
        finally:
            service.stop()


def measured(service: Any) -> dict[str, Any]:
    """Save the new name, and wait until every page is compared."""
    session = service.session()
    place = f"{service.address}/api/v1/drafts/{NAMED}"
    item = content_item(
        schema_name="organisation",
        document_type="organisation",
        title="New ministry",
        base_path="/ministry",
        routes=[{"path": "/ministry", "type": "exact"}],
        details={"body": ""},
    )
    started = time.perf_counter()
    session.put(place, json=item, params={"wait": 5}, timeout=30).raise_for_status()
    ready_after = time.perf_counter() - started
    while time.perf_counter() - started < 120:
        answer = session.get(f"{place}/impact", params={"per_page": 1}, timeout=30)
        if answer.ok and answer.json()["state"] == "done":
            impact = answer.json()
            return {
                "pages": impact["total"],
                "changed": impact["changed"],
                "draft_ready_s": ready_after,
                "seconds": time.perf_counter() - started,
                "cores": os.cpu_count(),
            }
        time.sleep(0.05)
    raise RuntimeError(f"not measured within 120 seconds: {answer.text[:300]}")
