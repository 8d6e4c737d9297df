"""Every page of usage in a real browser, with the example's weeks: on a phone, for axe."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
PAGES = (
    *("/usage", "/usage/organisations", "/usage/blockers", "/usage/kinds", "/usage/campaigns"),
    *("/usage/training", "/usage/health", "/usage/rules-lab", "/go?kind=people", "/go/thanks"),
)


@pytest.fixture(scope="module")
def tab(service: Service, browser: Browser) -> Iterator[Page]:
    """A phone on which an admin is signed in, with the example's weeks."""
    service.manage("usage", "example", "--weeks", "13")
    opened = browser.new_page(viewport={"width": 320, "height": 800})
    opened.goto(f"{service.service}/sign-in")
    opened.get_by_role("button", name="Ada Example").click()
    yield opened
    opened.close()


def test_pages_fit_a_phone_and_axe_finds_nothing(tab: Page, service: Service) -> None:
    tab.goto(f"{service.service}/usage/organisations")
    first = tab.locator("tbody a").first.get_attribute("href") or ""
    wrong = []
    for place in (*PAGES, first, f"{first}/people"):
        answer = tab.goto(f"{service.service}{place}")
        found = Axe().run(tab).response["violations"]
        wrong += [(place, one["id"], one["nodes"][0]["html"][:200]) for one in found]
        if answer is None or answer.status != 200 or tab.evaluate(WIDER):
            wrong.append((place, "status or width", ""))
    assert wrong == []


def test_a_chart_is_read_as_its_heading_its_words_and_its_table(
    tab: Page, service: Service
) -> None:
    tab.goto(f"{service.service}/usage")
    named = tab.get_by_role("img", name=re.compile("remaining session"))
    assert named.count() == 1
    table = tab.locator("details", has_text="Table:").first
    table.locator("summary").press("Enter")
    assert table.get_by_role("row", name="No data").count() > 0
