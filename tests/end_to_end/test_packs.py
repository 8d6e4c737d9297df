"""A pack in a real browser: made, filled, shared, opened signed out, on a phone and by axe."""

from __future__ import annotations

import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.conftest import content_item
from tests.end_to_end.conftest import Service
from tests.preview.assets.files import png

pytestmark = pytest.mark.end_to_end
WIDER = "document.documentElement.scrollWidth > window.innerWidth"


def accessible(page: Page) -> None:
    """Check a page as axe does, and that it fits a phone."""
    found = Axe().run(page, options={"iframes": False}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 800})
    assert not page.evaluate(WIDER), page.url
    assert size is not None
    page.set_viewport_size(size)


def send(service: Service, name: str, title: str, body: str) -> None:
    """Send a draft and wait for its rendering."""
    session, content_id = service.session(), str(uuid.uuid4())
    routes = [{"path": f"/{name}", "type": "exact"}]
    item = content_item(title=title, base_path=f"/{name}", routes=routes, details={"body": body})
    place = f"{service.address}/api/v1/drafts/{content_id}"
    assert session.put(place, json=item, timeout=30).status_code == 201
    assert service.wait_ended(session, content_id)["rendering"]["state"] == "ready"


def test_a_pack_is_made_shared_and_opened_signed_out(service: Service, browser: Browser) -> None:
    file = {"file": ("chart.png", png(40))}
    made = service.session().post(f"{service.address}/api/v1/assets", files=file, timeout=30)
    assert made.status_code == 201, made.text
    image = made.json()["url"]
    body = f'<p>See <a href="/pack-quay">the quay</a>.</p><img src="{image}" alt="Depths">'
    send(service, "pack-harbour", "Opening the harbour", body)
    send(service, "pack-quay", "Rules of the quay", "<p>Keep left.</p>")
    staff = browser.new_context().new_page()
    staff.goto(f"{service.service}/packs")
    staff.get_by_role("button", name="Edith Example").click()
    make(service, staff)
    fill(staff)
    look(staff)
    take_along(service, staff)
    address = share(staff)
    guest = browser.new_context().new_page()
    places = visit(guest, address)
    staff.goto(f"{service.service}/packs")
    staff.get_by_role("link", name="Harbour day").click()
    staff.get_by_role("link", name="Edit or archive").click()
    staff.get_by_role("button", name="Archive the pack").click()
    for place in places:
        answer = guest.goto(place)
        assert answer is not None
        assert answer.status == 410, place


def make(service: Service, staff: Page) -> None:
    """Make a pack; a form without a name says so."""
    staff.goto(f"{service.service}/packs")
    accessible(staff)
    staff.get_by_role("button", name="Make a pack").click()
    accessible(staff)
    staff.get_by_role("button", name="Make the pack").click()
    expect(staff.get_by_role("alert").get_by_text("Enter a name for the pack")).to_be_visible()
    staff.get_by_label("Name", exact=True).fill("Harbour day")
    staff.get_by_role("button", name="Make the pack").click()


def fill(staff: Page) -> None:
    """Add two drafts, put them in order, wait until both are made."""
    for word in ("quay", "harbour"):
        staff.get_by_role("button", name="Add a draft").click()
        staff.get_by_label("Search by title").fill(f"pack-{word}")
        staff.get_by_role("button", name="Search").click()
        accessible(staff)
        staff.get_by_role("button", name="Add").first.click()
    staff.get_by_role("button", name="Move up").click()
    expect(staff.get_by_role("rowheader").first).to_contain_text("Opening the harbour")
    for _ in range(60):
        staff.reload()
        if staff.get_by_text("Ready", exact=True).count() == 2:
            break
        staff.wait_for_timeout(500)
    accessible(staff)


def look(staff: Page) -> None:
    """Walk from page to page in the frame."""
    staff.get_by_role("button", name="Preview").click()
    frame = staff.frame_locator("iframe")
    frame.get_by_role("link", name="the quay").click()
    expect(frame.get_by_text("Keep left.")).to_be_visible()
    accessible(staff)
    staff.get_by_role("link", name="Back to Harbour day").click()


def take_along(service: Service, staff: Page) -> None:
    """Export the pack; the file opens without the service, and asks nobody anything."""
    with staff.expect_download() as started:
        staff.get_by_role("button", name="Export as one file").click()
    file = service.folder / "pack.html"
    started.value.save_as(file)
    assert staff.context.browser is not None
    context = staff.context.browser.new_context()
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.get_by_role("link", name="the quay", exact=True).click()
    expect(page.get_by_text("Keep left.")).to_be_visible()
    assert page.evaluate("document.querySelector('img').naturalWidth") > 0
    expect(page.get_by_text("A copy does not follow changes").first).to_be_visible()
    accessible(page)
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    context.close()


def share(staff: Page) -> str:
    """Make a share link; return its address."""
    staff.get_by_role("button", name="Share for review").click()
    staff.get_by_label("People who know a passphrase").check()
    staff.get_by_label("Passphrase", exact=True).fill("a lamp at dusk")
    staff.get_by_role("button", name="Make a share link").click()
    return staff.locator("#new-link").inner_text()


def visit(guest: Page, address: str) -> tuple[str, str]:
    """Open the pack without an account; return the addresses of a page and of its draft file."""
    guest.goto(address)
    assert "harbour" not in guest.content().lower()
    guest.get_by_label("Passphrase").fill("a lamp at dusk")
    guest.get_by_role("button", name="Open the preview").click()
    expect(guest.get_by_role("heading", name="Opening the harbour")).to_be_visible()
    picture = guest.get_by_alt_text("Depths")
    expect(picture).to_have_js_property("naturalWidth", 40)
    source = str(picture.evaluate("image => image.currentSrc"))
    guest.get_by_role("link", name="the quay").click()
    expect(guest.get_by_text("Keep left.")).to_be_visible()
    assert guest.url.endswith("/pack-quay")
    return guest.url, source
