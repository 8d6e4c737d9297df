"""An admin's leak drill: find the link, see who opened it, kill all of its pack, see the proof."""

from __future__ import annotations

import re
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from tests.conftest import content_item
from tests.end_to_end.conftest import Service
from tests.end_to_end.test_journey import clean
from tests.end_to_end.test_revocation import opened

pytestmark = pytest.mark.end_to_end


def leaked(service: Service) -> list[dict[str, Any]]:
    """Return two links of a draft, that anyone may open."""
    session, content_id = service.session(), str(uuid.uuid4())
    place = f"{service.address}/api/v1/drafts/{content_id}"
    item = content_item(title="Fees of the tide")
    session.put(place, json=item, timeout=30).raise_for_status()
    assert service.wait_ended(session, content_id)["rendering"]["state"] == "ready"
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    asked = {"expires_at": ends, "kind": "anyone"}
    return [
        session.post(f"{place}/share-links", json=asked | {"label": label}, timeout=30).json()
        for label in ("For the press office", "For the board")
    ]


def signed_in(service: Service, browser: Browser) -> Page:
    """Return a page of an admin."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(service.service)
    page.get_by_role("button", name=re.compile("Ada")).click()
    page.get_by_role("link", name="Admin", exact=True).click()
    clean(page)
    return page


def wait_for_proof(page: Page, service: Service, seconds: float = 60) -> None:
    """Look again until the probe has come to an end."""
    until = time.monotonic() + seconds
    while page.get_by_text("A probe is on its way").is_visible():
        assert time.monotonic() < until, service.log()[-3000:]
        time.sleep(0.3)
        page.reload()


def test_an_admin_finds_kills_and_proves(service: Service, browser: Browser) -> None:
    links = leaked(service)
    address, headers = opened(service, links[0]["url"])
    assert requests.get(address, headers=headers, timeout=30).status_code == 200
    page = signed_in(service, browser)
    page.get_by_role("link", name="All links").click()
    clean(page)
    page.get_by_label("Risk").select_option("Open to anyone")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name=re.compile("For the press office"))).to_be_visible()
    clean(page)

    page.get_by_label("Address of a link").fill(links[0]["url"])
    page.get_by_role("button", name="Find it").click()
    expect(page.get_by_role("heading", name="Fees of the tide")).to_be_visible()
    expect(page.get_by_role("cell", name=re.compile("on .* 20"))).to_have_count(1)
    clean(page)
    page.get_by_role("link", name="Who has seen this").click()
    expect(page.get_by_text("For the press office")).to_be_visible()
    page.go_back()

    page.get_by_role("button", name="Stop all 2 links of the pack").click()
    expect(page.get_by_role("heading", name="Stop 2 links?")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="For the board")).to_be_visible()
    clean(page)
    page.get_by_role("button", name="Stop them all").click()
    expect(page.get_by_text("2 stopped.")).to_be_visible()
    clean(page)
    assert requests.get(address, headers=headers, timeout=30).status_code in {403, 404, 410}

    page.get_by_role("link", name=re.compile("For the press office")).click()
    page.get_by_role("button", name="Run a probe").click()
    wait_for_proof(page, service)
    expect(page.get_by_text("Closed", exact=True)).to_be_visible()
    clean(page)
    page.goto(f"{service.service}/administration/queues")
    expect(page.get_by_role("row", name=re.compile("^bulk"))).to_be_visible()
    clean(page)
    page.context.close()
