"""Pictures of pages, by somebody who is signed in, let in, or neither."""

from __future__ import annotations

import base64
import re
import time
from email import message_from_bytes, policy
from urllib.parse import quote

import requests
from playwright.sync_api import Browser, BrowserContext, Page

from tests.end_to_end.conftest import Service
from tests.tour.pages import Row

GUEST = "fay@example.com"
NAMES = {
    "editor": "Edith Example",
    "other": "Oscar Example",
    "admin": "Ada Example",
    "auditor": "Audrey Example",
}
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
TALLEST = {1280: 2400, 360: 2000}
QUALITY = 55
# The day is fixed; the time of day moves on while pictures are taken, and ids are new each time.
STEADY = r"""() => {
  const rules = [[/\b\d{1,2}(:\d\d)?(am|pm)\b/g, "9:30am"],
    [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, "a1b2c3d4-0000"],
    [/\b[0-9a-f]{16,64}\b/g, "a1b2c3d4"], [/localhost:\d+/g, "localhost:3000"]];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    for (const [found, shown] of rules) node.data = node.data.replace(found, shown);
}"""


class Camera:
    """One browser with a context a person."""

    def __init__(self, browser: Browser, service: Service, example: dict[str, str]) -> None:
        self.browser, self.service, self.example = browser, service, dict(example)
        self.pages: dict[str, Page] = {}
        self.example["token"] = address_in(letter(service, "Open the preview:")).rsplit("/", 1)[1]

    def picture(self, row: Row) -> bytes:
        """Return a picture of a page, as WebP.

        Raises:
            RuntimeError: the page answers with an error.

        """
        page = self.page_of(row.who)
        answer = page.goto(self.address(row), wait_until="load")
        if answer is None or (answer.status >= requests.codes.bad_request and not row.file):
            raise RuntimeError(f"{row.name} answers {answer and answer.status}: {page.url}")
        page.wait_for_timeout(150)
        for frame in page.frames:
            frame.evaluate(STEADY)
        return shot(page)

    def address(self, row: Row) -> str:
        """Return the address of a row."""
        host = self.service.preview if row.who == "guest" else self.service.service
        return f"{host}{path_of(row, self.example)}{row.query}"

    def page_of(self, who: str) -> Page:
        """Return the tab of somebody, signed in or let in the first time."""
        if who not in self.pages:
            context = self.browser.new_context(
                viewport=PHONE if who == "guest" else DESKTOP,  # type: ignore[arg-type] # literals
                reduced_motion="reduce",
            )
            self.pages[who] = self.entered(context, who)
        return self.pages[who]

    def entered(self, context: BrowserContext, who: str) -> Page:
        """Return a tab in which somebody came in."""
        page = context.new_page()
        if who == "guest":
            let_in(self.service, page)
        elif who in NAMES:
            page.goto(f"{self.service.service}/sign-in")
            page.get_by_role("button", name=NAMES[who]).click()
        return page


def shot(page: Page) -> bytes:
    """Return what a tab shows, from the top to the end or as far as a picture goes."""
    size = page.viewport_size or PHONE
    height = page.evaluate("document.documentElement.scrollHeight")
    session = page.context.new_cdp_session(page)
    made = session.send(
        "Page.captureScreenshot",
        {
            "format": "webp",
            "quality": QUALITY,
            "captureBeyondViewport": True,
            "clip": {
                "x": 0,
                "y": 0,
                "width": size["width"],
                "scale": 0.75,
                "height": min(height, TALLEST[size["width"]]),
            },
        },
    )
    session.detach()
    return base64.b64decode(made["data"])


def letter(service: Service, says: str, seconds: float = 40) -> str:
    """Return the newest letter to the guest that says something, its subject first."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        files = sorted((service.folder / "mail").glob("*.eml"), key=lambda one: one.stat().st_mtime)
        for file in files[::-1]:
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            part = message.get_body(("plain",))
            said = f"{message['Subject']}\n{part.get_content() if part else ''}"
            if message["To"] == GUEST and says in said:
                return said
        time.sleep(0.2)
    raise RuntimeError(f"No letter says {says!r}.\n{service.log()[-3000:]}")


def address_in(text: str) -> str:
    """Return the address of the link in a letter."""
    found = re.search(r"Open the preview: (\S+)", text)
    return found[1] if found else ""


def let_in(service: Service, page: Page) -> None:
    """Open the link of the letter, and prove the mailbox."""
    page.goto(address_in(letter(service, "Open the preview:")))
    page.get_by_label("Your email address").fill(GUEST)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(letter(service, "is your code")[:6])
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(re.compile("/shared/"))


def path_of(row: Row, example: dict[str, str]) -> str:
    """Return the path of a row's page, as the addresses of its host have it."""
    from django.urls import reverse  # the pictures are taken by a process of their own

    urlconf = "preview.preview_host_urls" if row.who == "guest" else "preview.urls"
    return reverse(row.name, urlconf, args=[quote(example[name], safe="/:") for name in row.args])
