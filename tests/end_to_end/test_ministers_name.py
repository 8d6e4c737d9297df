"""A minister's new name, from the API to every live page that shows it, by real workers."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests

from preview.management.example_drafts import FOLDER
from tests.benchmarks.service import opened_page
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end
EXPECTED = {
    "/government/ministers/minister-for-harbours",
    "/government/ministers",
    "/government/speeches/why-small-harbours-matter",
    "/government/news/marina-quayle-becomes-minister",
}


def impact(session: requests.Session, place: str, seconds: float = 60) -> dict[str, Any]:
    """Return the impact of a draft once it is measured."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answer = session.get(f"{place}/impact", timeout=30)
        if answer.ok and answer.json()["state"] == "done":
            found: dict[str, Any] = answer.json()
            return found
        time.sleep(0.2)
    raise AssertionError(f"no impact within {seconds} s: {answer.text}")


def test_a_ministers_new_name_reaches_the_pages_that_show_it(service: Service) -> None:
    session = service.session()
    item = json.loads((FOLDER / "04-marina-quayle.json").read_text("utf-8"))
    place = f"{service.address}/api/v1/drafts/{item['content_id']}"
    saved = session.put(place, json=item, params={"wait": 10}, timeout=30).json()
    assert saved["rendering"]["state"] == "ready", saved["rendering"]["failure"]
    found = impact(session, place)
    changed = {page["path"] for page in found["pages"] if page["outcome"] == "changes"}
    assert changed >= EXPECTED, found
    assert all(page["rendering"] for page in found["pages"] if page["path"] in EXPECTED)
    guest_walks(service, session, item["content_id"])


def guest_walks(service: Service, session: requests.Session, content_id: str) -> None:
    """Open a share link without an account, and read the new name on every page."""
    address, headers = opened_page(service, session, content_id)
    prefix = address.split("/government")[0]
    first = requests.get(address, headers=headers, timeout=30)
    assert "Dame Marina Quayle" in first.text
    for path in EXPECTED:
        page = requests.get(prefix + path, headers=headers, timeout=30)
        assert page.status_code == 200, (path, page.text[:500])
        assert "Dame Marina Quayle" in page.text, path


def test_a_killed_worker_delays_the_comparison_and_loses_nothing(service: Service) -> None:
    session = service.session()
    item = json.loads((FOLDER / "04-marina-quayle.json").read_text("utf-8"))
    place = f"{service.address}/api/v1/drafts/{item['content_id']}"
    session.put(place, json={**item, "title": "Lady Quayle"}, timeout=30).raise_for_status()
    service.kill("worker")
    service.start("worker")
    found = impact(session, place)
    changed = {page["path"] for page in found["pages"] if page["outcome"] == "changes"}
    assert changed >= EXPECTED, found
