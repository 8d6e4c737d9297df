"""Every page of usage in a real browser, empty and with the example's weeks: fit and for axe."""

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
FILTERED = "/usage/organisations?activity=edit_noneditionable&state=migrated"
NOTHING = "/usage/organisations?q=nobody-is-called-that"


def opened(browser: Browser, service: Service, name: str, width: int) -> Page:
    """Return a page in which somebody is signed in."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{service.service}/sign-in")
    page.get_by_role("button", name=name).click()
    return page


@pytest.fixture(scope="module")
def empty(service: Service, browser: Browser) -> list[tuple[str, ...]]:
    """What is wrong with the pages on a phone before any log was read."""
    page = opened(browser, service, "Ada Example", 320)
    wrong = problems(page, service, (*PAGES, NOTHING))
    page.close()
    return wrong


@pytest.fixture(scope="module")
def filled(service: Service, empty: list[tuple[str, ...]]) -> None:
    """Load the example's weeks, with their gap."""
    service.manage("usage", "example", "--weeks", "13")


@pytest.fixture(scope="module")
def tab(service: Service, browser: Browser, filled: None) -> Iterator[Page]:
    """A phone on which an admin is signed in, with the example's weeks."""
    page = opened(browser, service, "Ada Example", 320)
    yield page
    page.close()


def problems(page: Page, service: Service, places: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return what axe finds, and pages that do not answer or are wider than the screen."""
    wrong = []
    for place in places:
        answer = page.goto(f"{service.service}{place}")
        found = Axe().run(page).response["violations"]
        wrong += [(place, one["id"], one["nodes"][0]["html"][:200]) for one in found]
        if answer is None or answer.status != 200 or page.evaluate(WIDER):
            wrong.append((place, "status or width"))
    return wrong


def first_organisation(page: Page, service: Service) -> str:
    """Return the address of the first organisation of the table."""
    page.goto(f"{service.service}/usage/organisations")
    return page.locator("tbody a").first.get_attribute("href") or ""


def test_empty_pages_fit_a_phone_and_axe_finds_nothing(empty: list[tuple[str, ...]]) -> None:
    assert empty == []


def test_pages_fit_a_phone_and_axe_finds_nothing(tab: Page, service: Service) -> None:
    first = first_organisation(tab, service)
    assert problems(tab, service, (*PAGES, FILTERED, NOTHING, first, f"{first}/people")) == []


@pytest.mark.usefixtures("filled")
def test_pages_of_who_manages_nothing_fit_a_desk_and_axe_finds_nothing(
    service: Service, browser: Browser
) -> None:
    page = opened(browser, service, "Edith Example", 1280)
    first = first_organisation(page, service)
    wrong = problems(page, service, (*PAGES, FILTERED, first))
    page.close()
    assert wrong == []


def test_what_a_form_refuses_and_what_the_lab_tells_is_clean_too(
    tab: Page, service: Service
) -> None:
    tab.goto(f"{service.service}/usage/rules-lab")
    tab.get_by_role("textbox").first.fill('{"no": "log"}')
    tab.locator("main form button").first.click()
    assert Axe().run(tab).response["violations"] == []
    tab.goto(f"{service.service}/go?kind=people")
    tab.locator("main form button").last.click()
    assert Axe().run(tab).response["violations"] == []
    assert not tab.evaluate(WIDER)


def test_a_chart_is_read_as_its_heading_its_words_and_its_table(
    tab: Page, service: Service
) -> None:
    tab.goto(f"{service.service}/usage")
    named = tab.get_by_role("img", name=re.compile("remaining session"))
    assert named.count() == 1
    table = tab.locator("details", has_text="Table:").first
    table.locator("summary").press("Enter")
    assert table.get_by_role("row", name="No data").count() > 0
