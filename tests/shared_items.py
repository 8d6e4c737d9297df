"""Send every shared content item over HTTP and look at what comes out; print the counts.

Items in the content store's form are turned round first: expanded links become content ids, and
what only a content store adds is left out. Run as `python -m tests.shared_items`.
"""

from __future__ import annotations

import html
import json
import re
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import requests

import tests.environment  # noqa: F401 (before Django reads its settings)
from tests.benchmarks.service import opened_page, running
from tests.conftest import SHARED
from tests.end_to_end.conftest import Service

ITEMS = SHARED / "data" / "content-items"
ADDED_BY_THE_STORE = (
    *("updated_at", "withdrawn_notice", "content_id", "publishing_request_id", "navigation"),
    *("publishing_scheduled_at", "scheduled_publishing_delay_seconds", "available_translations"),
)
HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
TITLE_SHOWN = "ready, with its title in the heading"


def submissions() -> Iterator[tuple[str, dict[str, Any]]]:
    """Give name and payload of every shared item."""
    for path in sorted((ITEMS / "publisher").rglob("*.json")):
        yield f"publisher/{path.stem}", json.loads(path.read_text("utf-8"))
    for path in sorted((ITEMS / "frontend").rglob("*.json")):
        yield f"frontend/{path.stem}", as_submission(json.loads(path.read_text("utf-8")))


def as_submission(item: dict[str, Any]) -> dict[str, Any]:
    """Return an item of the content store as a publisher app would send it."""
    item = {name: value for name, value in item.items() if name not in ADDED_BY_THE_STORE}
    links = item.pop("links", None) or {}
    item["links"] = {
        kind: ids
        for kind, targets in links.items()
        if kind != "available_translations" and (ids := content_ids(targets))
    }
    item.setdefault("publishing_app", "publisher")
    item.setdefault("rendering_app", "frontend")
    item.setdefault("update_type", "major")
    if item.get("base_path") and not item.get("redirects"):
        item.setdefault("routes", [{"path": item["base_path"], "type": "exact"}])
    return {name: value for name, value in item.items() if value is not None}


def content_ids(targets: Any) -> list[str]:
    """Return the content ids of expanded links."""
    found = [target.get("content_id") for target in targets if isinstance(target, dict)]
    return [content_id for content_id in found if content_id]


def words(text: str) -> str:
    """Return text as it is read: without tags, with single spaces."""
    return " ".join(html.unescape(TAG.sub(" ", text)).split())


def ending(service: Service, session: requests.Session, payload: dict[str, Any]) -> tuple[str, str]:
    """Send an item; return how it ended, and the reason where that is not the title's heading."""
    content_id = str(uuid.uuid4())
    place = f"{service.address}/api/v1/drafts/{content_id}"
    locale = payload.get("locale", "en")
    answer = session.put(place, json=payload, params={"locale": locale, "wait": 20}, timeout=60)
    if answer.status_code == 422:
        return "refused with a reason", str(answer.json()["errors"][0])
    if answer.status_code != 201:
        return "WRONG", f"{answer.status_code} {answer.text[:200]}"
    rendering = answer.json()["rendering"] or {"state": "queued"}
    if rendering["state"] == "failed" and rendering["failure"]:
        return "failed with a reason", rendering["failure"]
    if rendering["state"] != "ready":
        return "WRONG", f"ended as {rendering['state']}"
    address, headers = opened_page(service, session, content_id, locale)
    page = requests.get(address, headers=headers, timeout=30)
    heads = [words(head) for head in HEADING.findall(page.text)]
    title = words(html.escape(payload.get("title") or ""))
    if title and any(title in head for head in heads):
        return TITLE_SHOWN, ""
    return "ready, with another heading", f"{payload['schema_name']}: {heads[:1]} for {title!r}"


def main() -> int:
    """Send all, print the counts and every reason; 1 when an item ended in no proper way."""
    if not ITEMS.is_dir():
        print("No shared content items beside the project: nothing sent.")
        return 0
    counts: Counter[str] = Counter()
    with running() as service:
        session = service.session()
        for name, payload in submissions():
            session.headers["Authorization"] = f"Bearer {token_of(service, payload)}"
            end, reason = ending(service, session, payload)
            counts[end] += 1
            if reason:
                print(f"{name}: {end}: {reason}")
    print(f"shared items: {dict(counts)}")
    return 1 if counts["WRONG"] else 0


TOKENS: dict[str, str] = {}


def token_of(service: Service, payload: dict[str, Any]) -> str:
    """Return a token of the app that the item names; an item is sent by its own app."""
    app = str(payload.get("publishing_app") or "publisher")
    if app not in TOKENS:
        TOKENS[app] = service.manage("create_app_token", app)
    return TOKENS[app]


if __name__ == "__main__":
    sys.exit(main())
