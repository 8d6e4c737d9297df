"""Every page of the gallery in a real browser: on a phone, by keyboard, for screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from preview import pages
from tests import gallery
from tests.end_to_end.browser import browser  # noqa: F401 (a fixture)

pytestmark = pytest.mark.end_to_end
WIDER = "document.documentElement.scrollWidth > window.innerWidth"
FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement !== document.body
    && (style.boxShadow !== 'none' || style.outlineStyle !== 'none');
}"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:  # noqa: F811 (a fixture)
    """A tab without JavaScript from the pages and without a network."""
    opened = browser.new_page(viewport={"width": 320, "height": 800})
    opened.route("https://**", lambda route: route.abort())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def sheets() -> dict[str, Path]:
    """The first page of each item as a file, and two pages with the header of gov.uk hosts."""
    gallery.static()
    made = {name: page for name, page in gallery.rendered() if "." not in name}
    for name in ("answer", "publication"):
        item = gallery.items()[name]
        made[f"govuk-{name}"] = pages.render(item, options=gallery.options("govuk"))
    for name, page in made.items():
        (gallery.FOLDER / f"look-{name}.html").write_text(page.html, "utf-8")
    return {name: gallery.FOLDER / f"look-{name}.html" for name in made}


def test_nothing_is_wider_than_a_phone_and_axe_finds_nothing(
    tab: Page, sheets: dict[str, Path]
) -> None:
    wider, violations = [], []
    for name, path in sheets.items():
        tab.goto(path.as_uri())
        if tab.evaluate(WIDER):
            wider.append(name)
        found = Axe().run(tab).response["violations"]
        violations += [(name, one["id"], one["nodes"][0]["html"][:200]) for one in found]
    assert (wider, violations) == ([], [])


def test_every_stop_of_the_keyboard_can_be_seen(tab: Page, sheets: dict[str, Path]) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    tab.goto(sheets["govuk-publication"].as_uri())
    for stop in range(40):
        tab.keyboard.press("Tab")
        assert tab.evaluate(FOCUSED), f"stop {stop + 1} shows no focus"


def test_the_menu_opens_by_keyboard_without_javascript(
    browser: Browser,  # noqa: F811 (a fixture)
    sheets: dict[str, Path],
) -> None:
    opened = browser.new_context(java_script_enabled=False).new_page()
    opened.goto(sheets["govuk-answer"].as_uri())
    toggle = opened.locator("summary", has_text="Menu")
    toggle.focus()
    opened.keyboard.press("Enter")
    assert opened.locator(".site-header__panel a", has_text="Benefits").is_visible()
    opened.context.close()
