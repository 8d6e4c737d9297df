"""Changes that have no draft anywhere else, seen by guests in a browser before they are live.

A publisher app sends them with the header `Preview-Pack`, as it sends everything else.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from publishing_bridge.example_site import ExampleSite
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end
PERSON = "/government/people/marina-quayle"
OLD, NEW = "Marina Quayle", "Dame Marina Quayle"
SHOWING = ("/government/ministers/minister-for-harbours", "/government/ministers")
GUIDE = "/keeping-a-harbour"
LIGHTHOUSES = "/sea-and-coast/lighthouses"
PUBLICATION = "/government/publications/harbour-fees-2026"
ANSWER = "/low-tide"
SITE = ExampleSite()
OWN = {"Preview-Pack": "own"}


def live(path: str) -> dict[str, Any]:
    """Return an item of the example site by its path."""
    found = (one for one in SITE.contents.values() if one.get("base_path") == path)
    return dict(next(found))


class Sender:
    """A publisher app and what it sends to be seen."""

    def __init__(self, service: Service) -> None:
        self.service, self.session = service, service.session()

    def send(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        """Propose a change into the own pack of its draft."""
        place = f"{self.service.address}/v2/{path}"
        answer = self.session.request(method, place, json=body, headers=OWN, timeout=30)
        assert answer.status_code == 200, answer.text

    def link(self, content_id: str, kind: str = "content") -> str:
        """Return a share link to the own pack of a proposal."""
        ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        place = f"{self.service.address}/api/v1/drafts/{content_id}/share-links"
        body = {"expires_at": ends, "kind": "anyone"}
        made = self.session.post(place, json=body, params={"kind": kind}, timeout=30)
        assert made.status_code == 201, made.text
        return str(made.json()["url"])

    def measured(self, content_id: str, kind: str = "content") -> set[str]:
        """Return the live pages that a proposal changes, once they are compared."""
        place = f"{self.service.address}/api/v1/drafts/{content_id}/impact"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = self.session.get(place, params={"kind": kind}, timeout=30)
            if found.ok and found.json()["state"] == "done":
                pages = found.json()["pages"]
                return {page["path"] for page in pages if page["outcome"] == "changes"}
            time.sleep(0.2)
        raise AssertionError(found.text + self.service.log()[-3000:])


@pytest.fixture(scope="module")
def sender(service: Service) -> Sender:
    return Sender(service)


@pytest.fixture
def guest(browser: Browser) -> Any:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(guest: Page, address: str) -> str:
    """Open a share link; return the pack's address that its pages stand under."""
    guest.goto(address)
    assert OLD not in guest.content(), "the landing page says nothing of the draft"
    guest.get_by_role("button", name="Open the preview").click()
    guest.wait_for_load_state()
    path = urlsplit(guest.url).path
    return guest.url.removesuffix(path) + "/".join(path.split("/")[:3])


def of_the_site(service: Service, path: str) -> tuple[int, str]:
    """Return what the content store says of a live page."""
    answer = requests.get(f"{service.address}/content{path}", timeout=30)
    return answer.status_code, answer.text


def person_named(name: str) -> dict[str, Any]:
    """Return the minister's page under another name, as a publisher app sends it."""
    item = live(PERSON)
    wanted = ("schema_name", "document_type", "publishing_app", "rendering_app", "base_path")
    body = [{"content_type": "text/govspeak", "content": f"{name} knows every harbour."}]
    return {
        **{field: item[field] for field in wanted},
        "title": name,
        "description": "",
        "locale": "en",
        "update_type": "major",
        "details": {"body": body, "full_name": name},
        "routes": [{"path": PERSON, "type": "exact"}],
    }


def test_a_ministers_name_is_new_on_every_page_of_the_pack_only(
    service: Service, sender: Sender, guest: Page, browser: Browser
) -> None:
    content_id = live(PERSON)["content_id"]
    before = [of_the_site(service, path) for path in (PERSON, *SHOWING)]
    sender.send("PUT", f"content/{content_id}", person_named(NEW))
    assert sender.measured(content_id) >= set(SHOWING)
    pack = opened(guest, sender.link(content_id))
    expect(guest.get_by_role("heading", name=NEW, level=1)).to_be_visible()
    for path in SHOWING:
        guest.goto(pack + path)
        expect(guest.get_by_role("main").get_by_text(NEW).first).to_be_visible()
    guest.get_by_role("main").get_by_role("link", name=NEW).first.click()
    assert guest.url == pack + PERSON, "from page to page inside the pack"
    assert [of_the_site(service, path) for path in (PERSON, *SHOWING)] == before
    stays_inside(sender, browser)


def stays_inside(sender: Sender, browser: Browser) -> None:
    """Look at another pack that touches the same pages: it shows the live name."""
    role = live(SHOWING[0])
    item = {**person_named("x"), **{name: role[name] for name in ("schema_name", "document_type")}}
    item |= {"title": "Minister for Harbours and Bells", "details": {"body": []}}
    del item["base_path"], item["routes"], item["rendering_app"]
    if role.get("base_path"):
        item |= {"base_path": role["base_path"], "rendering_app": role["rendering_app"]}
        item["routes"] = [{"path": role["base_path"], "type": "exact"}]
    sender.send("PUT", f"content/{role['content_id']}", item)
    assert "/government/ministers" in sender.measured(role["content_id"])
    page = browser.new_context().new_page()
    pack = opened(page, sender.link(role["content_id"]))
    page.goto(f"{pack}/government/ministers")
    expect(page.get_by_text("Minister for Harbours and Bells").first).to_be_visible()
    assert OLD in page.content()
    assert NEW not in page.content()
    page.context.close()


def test_a_publication_is_seen_withdrawn(sender: Sender, guest: Page, service: Service) -> None:
    content_id = live(PUBLICATION)["content_id"]
    before = of_the_site(service, PUBLICATION)
    why = "The fees of 2027 are out."
    body = {"type": "withdrawal", "explanation": why}
    sender.send("POST", f"content/{content_id}/unpublish", body)
    wait_ready(sender, content_id, "unpublishing")
    opened(guest, sender.link(content_id, "unpublishing"))
    expect(guest).to_have_title(f"[Withdrawn] {guest.title().removeprefix('[Withdrawn] ')}")
    expect(guest.get_by_text(why)).to_be_visible()
    expect(guest.get_by_role("heading", name="Harbour fees 2026", level=1)).to_be_visible()
    assert of_the_site(service, PUBLICATION) == before


def test_a_page_is_seen_redirected(sender: Sender, guest: Page) -> None:
    content_id = live(ANSWER)["content_id"]
    body = {"type": "redirect", "alternative_path": "/ferry-times"}
    sender.send("POST", f"content/{content_id}/unpublish", body)
    wait_ready(sender, content_id, "unpublishing")
    opened(guest, sender.link(content_id, "unpublishing"))
    expect(guest.get_by_role("main").get_by_role("link", name="/ferry-times").first).to_be_visible()
    expect(guest.get_by_text("The live site shows no page here.")).to_be_visible()


def test_a_guide_is_seen_under_another_topic(sender: Sender, guest: Page, service: Service) -> None:
    before = of_the_site(service, GUIDE)
    content_id, topic = live(GUIDE)["content_id"], live(LIGHTHOUSES)["content_id"]
    sender.send("PATCH", f"links/{content_id}", {"links": {"taxons": [topic]}})
    wait_ready(sender, content_id, "links")
    opened(guest, sender.link(content_id, "links"))
    expect(guest.get_by_role("heading", name="Overview").first).to_be_visible()
    topic = guest.get_by_role("link", name="Lighthouses").first
    expect(topic).to_be_visible()
    assert urlsplit(str(topic.evaluate("link => link.href"))).path == LIGHTHOUSES
    assert guest.get_by_role("link", name="Harbours", exact=True).count() == 0
    assert of_the_site(service, GUIDE) == before


def test_a_body_that_comes_in_chunks_is_refused_with_a_sentence(sender: Sender) -> None:
    place = f"{sender.service.address}/v2/content/{uuid.uuid4()}"
    answer = sender.session.put(place, data=iter([b'{"title":', b' "x"}']), timeout=30)
    assert answer.status_code == 411
    assert "no Content-Length" in answer.json()["error"]["message"]


def wait_ready(sender: Sender, content_id: str, kind: str) -> None:
    """Wait until a proposal's page is made."""
    place = f"{sender.service.address}/api/v1/drafts/{uuid.UUID(content_id)}"
    draft: dict[str, Any] = {}
    until = time.monotonic() + 60
    while time.monotonic() < until:
        draft = sender.session.get(place, params={"kind": kind, "wait": 5}, timeout=30).json()
        if draft.get("rendering") and draft["rendering"]["state"] in ("ready", "failed"):
            break
    assert draft["rendering"]["state"] == "ready", json.dumps(draft)
