"""Hostile Govspeak in a real browser: no script runs, no request leaves."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Route

from preview.govspeak import to_html
from tests.conftest import SHARED
from tests.preview.govspeak.hostile import payloads

pytestmark = pytest.mark.end_to_end
REFERENCE = SHARED / "data" / "govspeak" / "cases.jsonl"
WATCH = "<script>window.ran=[];for(const f of ['alert','fetch'])window[f]=a=>ran.push(a)</script>"
OWN = "https://preview.example/"
# Images are what a text may show: their requests are stopped, and are no escape.
ALLOWED = frozenset({"image"})


def texts() -> list[str]:
    """Return the hostile texts, and those of the reference's cases where they are at hand."""
    shared = REFERENCE.read_text("utf-8").splitlines() if REFERENCE.exists() else []
    rows = [json.loads(line) for line in shared]
    return payloads() + [row["input"] for row in rows if row["feature"] == "hostile"]


def test_nothing_runs_and_nothing_leaves(browser: Browser) -> None:
    page = browser.new_page()
    left: list[str] = []
    state = {"html": ""}

    def answer(route: Route) -> None:
        if route.request.url == OWN:
            route.fulfill(body=WATCH + state["html"], content_type="text/html")
            return
        if route.request.resource_type not in ALLOWED:
            left.append(route.request.url)
        route.abort()

    page.route("**/*", answer)
    page.on("dialog", lambda dialog: left.append(dialog.message))
    for text in texts():
        state["html"] = to_html(text)
        page.goto(OWN, wait_until="load")
        page.evaluate(
            "document.querySelectorAll('*').forEach(e => {"
            " for (const t of ['mouseover', 'focus', 'click'])"
            "  if (e.tagName != 'A') e.dispatchEvent(new Event(t)) })"
        )
        assert page.evaluate("window.ran") == [], text
        assert left == [], text
    page.close()
