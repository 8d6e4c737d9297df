"""The example drafts: invented people, departments and dates; and how they are sent."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

FOLDER = Path(__file__).parent / "examples"
LONGEST = 60


def examples() -> list[dict[str, Any]]:
    """Return the example content items, in `publisher_v2` form with their content ids."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))]


def send_all(address: str, token: str) -> tuple[str, list[tuple[str, str]]]:
    """Send every example, wait for the renderings, share the first.

    Returns the share link, and title and page address of each draft; under a draft that changes
    live pages stand title and path of each of those.

    Raises:
        RuntimeError: the service refused one, or a rendering did not come to its end.

    """
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {token}"
    items = examples()
    for item in items:
        answer(session.put(place(address, item), json=item, params=locale(item), timeout=30))
    drafts = []
    for item in items:
        draft = ended(session, place(address, item), item["locale"])
        drafts.append((f"{draft['title']} ({draft['rendering']['state']})", draft["page_url"]))
        drafts += [
            (f"  changes “{page['title']}”", page["path"])
            for page in changed_pages(session, place(address, item), item["locale"])
        ]
    ends = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    wanted = {"kind": "anyone", "label": "Example reviewer", "expires_at": ends}
    link = answer(session.post(f"{place(address, items[0])}/share-links", json=wanted, timeout=30))
    return str(link["url"]), drafts


def place(address: str, item: dict[str, Any]) -> str:
    """Return the API's address of an example."""
    return f"{address}/api/v1/drafts/{item['content_id']}"


def locale(item: dict[str, Any]) -> dict[str, str]:
    """Return the part of the address that names the item's locale."""
    return {"locale": item["locale"]}


def ended(session: requests.Session, address: str, locale: str) -> dict[str, Any]:
    """Return a draft once its rendering has ended."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        draft = answer(session.get(address, params={"wait": "5", "locale": locale}, timeout=30))
        if draft["rendering"] and draft["rendering"]["state"] in ("ready", "failed"):
            return draft
    raise RuntimeError(f"No rendering within {LONGEST} seconds. Is a worker running?")


def changed_pages(session: requests.Session, address: str, locale: str) -> list[dict[str, Any]]:
    """Return the live pages that a draft changes, once they were all compared."""
    until = time.monotonic() + LONGEST
    wanted = {"locale": locale, "outcome": "changes"}
    while time.monotonic() < until:
        found = session.get(f"{address}/impact", params=wanted, timeout=30)
        if found.status_code == requests.codes.not_found:
            return []
        impact = answer(found)
        if impact["state"] == "done":
            pages: list[dict[str, Any]] = impact["pages"]
            return pages
        time.sleep(0.2)
    raise RuntimeError(f"No comparison of live pages within {LONGEST} seconds.")


def answer(response: requests.Response) -> dict[str, Any]:
    """Return the JSON of a good answer."""
    if not response.ok:
        raise RuntimeError(f"The service answered {response.status_code}: {response.text[:500]}")
    body: dict[str, Any] = response.json()
    return body
