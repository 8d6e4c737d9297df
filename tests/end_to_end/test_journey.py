"""The main job in a real browser, signed in and signed out."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import content_item
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end


def test_a_draft_is_shared_opened_and_stopped(service: Service, browser: Browser) -> None:
    content_id, session = str(uuid.uuid4()), service.session()
    place = f"{service.address}/api/v1/drafts/{content_id}"
    parts = [
        {"title": "Overview", "slug": "overview", "body": "<p>Harbours need keepers.</p>"},
        {"title": "Register", "slug": "register", "body": "<p>Bring a map.</p>"},
    ]
    item = content_item(
        schema_name="guide",
        document_type="guide",
        title="Keeping a harbour",
        base_path="/keeping-a-harbour",
        routes=[{"path": "/keeping-a-harbour", "type": "prefix"}],
        details={"parts": parts},
    )
    assert session.put(place, json=item, timeout=30).status_code == 201
    assert service.wait_ended(session, content_id)["rendering"]["state"] == "ready"

    staff = browser.new_context().new_page()
    staff.goto(service.service)
    staff.get_by_role("button", name="Edith Example").click()
    staff.get_by_role("link", name="Keeping a harbour").click()
    frame = staff.frame_locator("iframe")
    expect(frame.get_by_role("heading", name="Keeping a harbour")).to_be_visible()
    frame.get_by_role("link", name="Register").first.click()
    expect(frame.get_by_text("Bring a map.")).to_be_visible()
    staff.get_by_role("link", name="Share this preview").click()
    staff.get_by_label("Anyone with the link").check()
    staff.get_by_label("A name for this link").fill("Fact checker")
    staff.get_by_role("button", name="Make a share link").click()
    expect(staff.get_by_role("heading", name="Link works")).to_be_visible()
    address = staff.locator("#new-link").inner_text()
    staff.goto(staff.url)
    expect(staff.get_by_text("Not opened yet")).to_be_visible()

    guest = browser.new_context().new_page()
    guest.goto(address)
    assert "harbour" not in guest.content().lower()
    guest.get_by_role("button", name="Open the preview").click()
    expect(guest.get_by_role("heading", name="Keeping a harbour")).to_be_visible()
    assert "/s/" not in guest.url
    guest.get_by_role("link", name="Register").first.click()
    expect(guest.get_by_text("Bring a map.")).to_be_visible()

    staff.reload()
    expect(staff.get_by_text("Opened in 1 browser")).to_be_visible()
    staff.get_by_role("button", name="Stop sharing with").click()
    guest.reload()
    expect(guest.get_by_role("heading", name="stopped sharing")).to_be_visible()
    assert "harbour" not in guest.locator("main").inner_text().lower()
    guest.goto(address)
    expect(guest.get_by_role("heading", name="stopped sharing")).to_be_visible()
    token = address.rsplit("/", 1)[1]
    assert token not in service.log()
