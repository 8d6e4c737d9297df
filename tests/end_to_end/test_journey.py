"""The main job in a real browser, signed in and signed out."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

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


def clean(page: Page) -> None:
    """Fail where axe finds anything, or where a narrow screen has to be scrolled sideways."""
    found = Axe().run(page).response["violations"]
    said = [(one["id"], node["html"]) for one in found for node in one["nodes"]]
    assert [one for one in said if not reveals(*one)] == [], page.url
    size = page.viewport_size or {}
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size(size)


def reveals(rule: str, html: str) -> bool:
    """Say whether axe complains of a radio button that shows and hides a field.

    The Design System's own script gives it `aria-expanded`: screen readers say it, ARIA has it not.
    """
    return rule == "aria-allowed-attr" and "govuk-radios__input" in html


def two_versions(service: Service) -> None:
    """Have somebody save a page twice in a publishing app, the second time with a fault."""
    content_id, session = str(uuid.uuid4()), service.session()
    place = f"{service.address}/api/v1/drafts/{content_id}"
    session.headers["X-Govuk-Authenticated-User"] = "mock-editor"
    for words in ("Twice a day.", "Three times a day."):
        body = [{"content_type": "text/html", "content": f"<h2></h2><p>{words}</p>"}]
        item = content_item(details={"body": body})
        assert session.put(place, json=item, timeout=30).status_code == 201
        assert service.wait_ended(session, content_id)["rendering"]["state"] == "ready"


def test_an_editors_minute(service: Service, browser: Browser) -> None:
    """From “I changed something” to “somebody checks exactly these changes”."""
    two_versions(service)
    page = browser.new_context().new_page()
    page.goto(service.service)
    page.get_by_role("button", name="Edith Example").click()
    expect(page.get_by_role("table", name="Yours, last saved first")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    clean(page)

    page.get_by_role("link", name="When is low tide?").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Three times a day.")).to_be_visible()
    expect(page.get_by_text("by Edith Example").first).to_be_visible()
    clean(page)
    wait_for(page, page.get_by_role("link", name="See all checks"))
    page.get_by_role("link", name="See all checks").click()
    expect(page.get_by_role("heading", name="To do (1)")).to_be_visible()
    clean(page)
    page.go_back()
    page.get_by_role("link", name="Search result").click()
    expect(page.frame_locator("iframe").get_by_text("Find out when the water")).to_be_visible()

    page.get_by_role("link", name="What changed in version 2").click()
    wait_for(page, page.locator("ins", has_text="Three times"))
    expect(page.locator("del", has_text="Twice")).to_be_visible()
    clean(page)
    page.get_by_label("Side by side").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="After").first).to_be_visible()
    clean(page)

    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="Share for review").click()
    page.get_by_label("Anyone with the link").check()
    page.get_by_role("button", name="Make a share link").click()
    expect(page.get_by_role("heading", name="Link works")).to_be_visible()
    clean(page)
    address = page.locator("#new-link").inner_text()

    guest = browser.new_context(java_script_enabled=False).new_page()
    guest.goto(address)
    guest.get_by_role("button", name="Open the preview").click()
    guest.get_by_role("link", name="See what changed").click()
    expect(guest.get_by_text("This compares version 2")).to_be_visible()

    page.goto(f"{service.service}{urlsplit(page.url).path.rpartition('/share')[0]}/seen")
    expect(page.get_by_text("Somebody with a link")).to_be_visible()


def wait_for(page: Page, what: Locator) -> None:
    """Load a page again until what follows a rendering is there."""
    for _ in range(40):
        if what.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
