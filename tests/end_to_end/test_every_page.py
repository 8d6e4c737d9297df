"""Every page of the tour, for people who zoom, use other colours, a keyboard or a screen reader.

One walk, so that each page is loaded once: axe-core; 400 % zoom, which makes a screen of 1280 by
1024 pixels one of 320 by 256; high contrast, as Windows' forced colours on black; text alone at
200 %. Then what pages look like with nothing on them, and once something was refused.

Source: WCAG 2.2, 1.4.4, 1.4.10, 1.4.11, 2.4.7; CSS Color Adjustment level 1, forced colours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from preview.management.example_drafts import examples
from tests.end_to_end.conftest import Service
from tests.end_to_end.test_journey import reveals
from tests.tour.__main__ import example_of
from tests.tour.camera import Camera
from tests.tour.content import PATHS
from tests.tour.pages import Row, rows

pytestmark = pytest.mark.end_to_end
SIGHT = Path(__file__).with_name("sight.js").read_text("utf-8")
DESK = {"width": 1280, "height": 1024, "deviceScaleFactor": 1, "mobile": False}
ZOOMED = {"width": 320, "height": 256, "deviceScaleFactor": 4, "mobile": False}
# The button that stands for the links of the navigation on a narrow screen.
MENU = ".govuk-service-navigation__toggle"


EMPTY = (
    Row("drafts", "Home of who has nothing", "", who="other"),
    Row("drafts", "Nothing found", "", query="?q=no+such+thing"),
    Row("packs", "No packs", "", who="other"),
    Row("pack_find", "Nothing found", "", ("pack",), "?q=no+such+thing"),
    Row("usage_organisations", "Nothing found", "", query="?q=no+such+thing"),
)
# A page, and the button of it that is pressed with nothing filled in.
REFUSED = (
    ("draft_comment_new", "Save comment"),
    ("comment_thread", "Save reply"),
    ("draft_fact_checks", "Ask for a fact check"),
    ("draft_sign_off", "Sign off version"),
    ("pack_new", "Make the pack"),
    ("share", "Make a share link"),
    ("pre_release", "Add to the list"),
    ("usage_rules_lab", "See what is made of it"),
    ("go", "Send"),
    ("retention", "Place the hold"),
    ("all_links", "Find it"),
    ("apps", "Make a token"),
    ("landing", "Send me a code"),
    ("shared_comment_new", "Save comment"),
    ("shared_thread", "Save reply"),
    ("shared_sign_off", "Sign off version"),
    ("shared_fact_check", "Send your answer"),
)


@dataclass
class Walk:
    """A walk with what it found to be wrong: page, condition, what."""

    camera: Camera
    wrong: list[tuple[str, str, Any]]

    def look(self, row: Row) -> Page:
        """Go to a page and look at it under every condition."""
        page = self.camera.page_of(row.who)
        answer = page.goto(self.camera.address(row), wait_until="load")
        if answer is None or answer.status >= 500:
            self.wrong.append((row.picture, "status", answer and answer.status))
        self.see(page, row.picture)
        return page

    def refuse(self, row: Row, button: str) -> None:
        """Press a button with nothing filled in, and look at what follows."""
        page = self.camera.page_of(row.who)
        page.goto(self.camera.address(row), wait_until="load")
        name = f"{row.picture}, refused"
        pressed = page.locator("main button", has_text=button)
        if not pressed.count():
            self.wrong.append((name, "no button", button))
            return
        with page.expect_navigation():
            pressed.first.evaluate("button => button.form.requestSubmit(button)")
        if not page.title().startswith("Error: "):
            self.wrong.append((name, "title", page.title()))
        told = page.locator(".govuk-error-summary__list a").all()
        for link in told:
            place = link.get_attribute("href") or ""
            if not place.startswith("#") or page.locator(place).count() != 1:
                self.wrong.append((name, "summary leads nowhere", place))
        if not told or not page.locator(".govuk-error-message").count():
            self.wrong.append((name, "says nothing", page.locator("main").inner_text()[:200]))
        self.see(page, name)

    def see(self, page: Page, name: str) -> None:
        """Look at what a tab shows under every condition."""
        screen = page.context.new_cdp_session(page)
        page.evaluate(SIGHT)
        self.note(name, "axe", axe(page))
        wide = set(page.evaluate("sight.names()"))
        screen.send("Emulation.setDeviceMetricsOverride", ZOOMED)
        self.note(name, "400 %", page.evaluate("[...sight.wider(), ...sight.cut()]"))
        for menu in page.locator(MENU).all():
            menu.click()  # once it is there, as the page is told of its new width a moment later
        self.note(name, "lost at 400 %", sorted(wide - set(page.evaluate("sight.names()"))))
        screen.send("Emulation.setDeviceMetricsOverride", DESK)
        page.emulate_media(forced_colors="active", color_scheme="dark")
        self.note(name, "no focus", page.evaluate("sight.unfocused()"))
        self.note(name, "faint", page.evaluate("sight.faint()"))
        page.emulate_media(forced_colors="none", color_scheme="light")
        page.evaluate("sight.enlarge()")
        self.note(name, "text 200 %", page.evaluate("[...sight.wider(), ...sight.cut()]"))
        screen.send("Emulation.clearDeviceMetricsOverride")
        screen.detach()

    def note(self, name: str, condition: str, found: list[Any]) -> None:
        """Keep what is wrong."""
        self.wrong += [(name, condition, one) for one in found]


def axe(page: Page) -> list[tuple[str, str]]:
    """Return what axe-core finds, with where."""
    found = Axe().run(page).response["violations"]
    said = [(one["id"], node["html"][:200]) for one in found for node in one["nodes"]]
    return [one for one in said if not reveals(*one)]


def send_some(service: Service) -> None:
    """Send the example drafts that the tour's content stands on."""
    session = requests.Session()
    secret = service.manage("create_app_token", "example-publisher").splitlines()[-1]
    session.headers["Authorization"] = f"Bearer {secret}"
    needed = [one for one in examples() if one.get("base_path") in PATHS]
    for item in needed:
        place = f"{service.address}/api/v1/drafts/{item['content_id']}"
        session.put(place, json=item, timeout=30).raise_for_status()
    for item in needed:
        service.wait_ended(session, item["content_id"])


@pytest.fixture(scope="module")
def walk(service: Service, browser: Browser) -> Iterator[Walk]:
    """A walk through a service with the tour's content."""
    service.manage("usage", "example", "--weeks", "3")
    send_some(service)
    camera = Camera(browser, service, example_of(service))
    yield Walk(camera, [])
    for page in camera.pages.values():
        page.context.close()


def test_every_page_under_every_condition(walk: Walk) -> None:
    for row in rows():
        if row.name != "admin:index":  # Django's own
            walk.look(row)
    for row in EMPTY:
        walk.look(row)
    by_name = {row.name: row for row in reversed(rows())}
    for name, button in REFUSED:
        walk.refuse(by_name[name], button)
    assert walk.wrong == [], "\n".join(map(str, walk.wrong))
