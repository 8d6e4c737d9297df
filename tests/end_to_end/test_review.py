"""Reviewers in a real browser: a fact checker on a phone without JavaScript, one by keyboard."""

from __future__ import annotations

import re
import time
import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import content_item
from tests.end_to_end.conftest import Service
from tests.end_to_end.test_journey import clean

pytestmark = pytest.mark.end_to_end
FAY = "fay@example.com"
BODY = "<p>Low water is twice a day.</p><p>The fee is £25 from 4 March 2026.</p>"


def letter(service: Service, says: str, to: str = FAY, seconds: float = 40) -> str:
    """Return the newest letter to somebody that says something: its subject and text."""
    message = message_to(service, says, to, seconds)
    return f"{message['Subject']}\n{part_of(message)}"


def part_of(message: EmailMessage, kind: str = "plain") -> str:
    """Return the text of a letter, or its HTML."""
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def message_to(service: Service, says: str, to: str, seconds: float = 40) -> EmailMessage:
    """Return the newest letter to somebody that says something."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        files = sorted((service.folder / "mail").glob("*.eml"), key=lambda one: one.stat().st_mtime)
        for file in files[::-1]:
            message = message_from_bytes(file.read_bytes(), policy=policy.default)
            assert isinstance(message, EmailMessage)
            if message["To"] == to and says in f"{message['Subject']}\n{part_of(message)}":
                return message
        time.sleep(0.2)
    raise AssertionError(f"no letter says {says!r}\n{service.log()[-3000:]}")


def send(service: Service, by: str = "") -> None:
    """Send a page with facts, as somebody, and wait for its preview."""
    content_id, session = str(uuid.uuid4()), service.session()
    session.headers["X-Govuk-Authenticated-User"] = by
    place = f"{service.address}/api/v1/drafts/{content_id}"
    item = content_item(title="Fees of the tide", details={"body": BODY})
    assert session.put(place, json=item, timeout=30).status_code == 201
    assert service.wait_ended(session, content_id)["rendering"]["state"] == "ready"


def ask(service: Service, browser: Browser) -> Page:
    """Have an editor ask for a fact check; returns the page that follows it."""
    staff = browser.new_context().new_page()
    staff.goto(service.service)
    staff.get_by_role("button", name="Edith Example").click()
    staff.get_by_role("link", name="Fees of the tide").first.click()
    staff.get_by_role("link", name="Fact check").click()
    clean(staff)
    staff.get_by_label("Who should check it?").fill(FAY)
    staff.get_by_role("button", name="Ask for a fact check").click()
    expect(staff.get_by_text("Not yet")).to_be_visible()
    clean(staff)
    return staff


def let_in(service: Service, page: Page) -> None:
    """Open the link of the letter, and prove the mailbox."""
    found = re.search(r"Open the preview: (\S+)", letter(service, "Open the preview:"))
    assert found is not None
    page.goto(found[1])
    page.get_by_label("Your email address").fill(FAY)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill(letter(service, "is your code")[:6])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Fees of the tide")).to_be_visible()


def test_a_fact_checker_on_a_phone_without_javascript(service: Service, browser: Browser) -> None:
    send(service)
    staff = ask(service, browser)
    phone = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, has_touch=True
    )
    page = phone.new_page()
    let_in(service, page)
    page.get_by_role("link", name="Check the facts").click()
    fee = page.get_by_role("group", name="Amount of money: £25")
    fee.get_by_label("Wrong").check()
    fee.get_by_label("What is right instead?").fill("£30")
    day = page.get_by_role("group", name="Date: 4 March 2026")
    day.get_by_label("Right", exact=True).check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("What you said is saved")).to_be_visible()
    page.get_by_label("Something is wrong").check()
    page.get_by_label("What is wrong, where it is").fill("The fee is £30 since May.")
    page.get_by_role("button", name="Send your answer").click()
    expect(page.get_by_text("Your answer is saved")).to_be_visible()

    page.get_by_role("link", name="Comment on a passage").click()
    page.get_by_role("link", name=re.compile("The fee is £25")).click()
    page.get_by_label("Your comment").fill("Since May it is £30.")
    page.get_by_label("Your name").fill("Fay Checker")
    page.get_by_role("button", name="Save comment").click()
    expect(page.get_by_text("Your comment is saved")).to_be_visible()

    staff.reload()
    expect(staff.get_by_text("The fee is £30 since May.")).to_be_visible()
    expect(staff.get_by_text(re.compile("2 of 2 facts checked"))).to_be_visible()

    with_script = browser.new_context(storage_state=phone.storage_state()).new_page()
    for place in ("fact-check", "comments", "new-comment", "sign-off"):
        with_script.goto(re.sub("/-/[a-z-]+/", f"/-/{place}/", page.url.split("?")[0]))
        clean(with_script)


def press_to(page: Page, name: str, address: str = "", most: int = 120) -> None:
    """Press the tab key until what is focused has a name that begins like this.

    With `address`, a regular expression, it must also lead to an address that ends like it.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        said, leads_to = page.evaluate(
            """() => { const one = document.activeElement;
               const label = one.labels && one.labels[0];
               return [(label || one).innerText || "", one.href || ""]; }"""
        )
        if " ".join(said.split()).startswith(name) and re.search(f"{address}$", leads_to):
            return
    raise AssertionError(f"{name!r} can't be reached by keyboard on {page.url}")


def enter(page: Page) -> None:
    """Press enter, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_reviewer_by_keyboard_only(service: Service, browser: Browser) -> None:
    send(service)
    page = browser.new_context().new_page()
    page.goto(service.service)
    press_to(page, "Edith Example")
    enter(page)
    press_to(page, "Fees of the tide", r"/drafts/[0-9a-f-]{36}")
    enter(page)
    press_to(page, "Comments")
    enter(page)
    clean(page)
    press_to(page, "Comment on paragraph")
    enter(page)
    press_to(page, "Your comment")
    page.keyboard.type("Is this right?")
    press_to(page, "Save comment")
    enter(page)
    expect(page.get_by_text("Your comment is saved")).to_be_visible()
    clean(page)
    press_to(page, "Answer")
    enter(page)
    clean(page)
    press_to(page, "Mark as resolved")
    enter(page)
    expect(page.get_by_text("The comment is resolved")).to_be_visible()
    press_to(page, "Back to the preview")
    enter(page)
    press_to(page, "Sign-off")
    enter(page)
    press_to(page, "I have checked version")
    page.keyboard.press("Space")
    press_to(page, "Sign off version")
    enter(page)
    expect(page.get_by_text("Your sign-off is saved")).to_be_visible()
    clean(page)
    page.get_by_role("link", name=re.compile("Details and certificate")).click()
    clean(page)


def test_an_editor_is_told_of_a_comment_and_stops_it_from_the_mail(
    service: Service, browser: Browser
) -> None:
    send(service, by="mock-editor")
    oscar = browser.new_context().new_page()
    oscar.goto(service.service)
    oscar.get_by_role("button", name="Oscar Example").click()
    oscar.get_by_role("link", name="Fees of the tide").first.click()
    oscar.get_by_role("link", name="Comments").click()
    oscar.get_by_role("link", name=re.compile("Comment on paragraph")).first.click()
    oscar.get_by_label("Your comment").fill("Is low water really twice a day?")
    oscar.get_by_role("button", name="Save comment").click()

    mail = message_to(service, "Oscar Example commented", "edith@harbours.example")
    reader = browser.new_context(java_script_enabled=False).new_page()
    shown = browser.new_context().new_page()
    shown.set_content(part_of(mail, "html"))
    clean(shown)
    expect(shown.get_by_text("Is low water really twice a day?")).to_be_visible()
    stop = shown.get_by_role("link", name="Stop these emails").get_attribute("href") or ""
    shown.goto(stop)
    clean(shown)
    reader.goto(stop)
    reader.get_by_role("button", name="Stop these emails").click()
    expect(reader.get_by_role("heading", name="These emails have stopped")).to_be_visible()
    reader.get_by_role("link", name="Choose your notifications").click()
    reader.get_by_role("button", name="Edith Example").click()
    told = reader.get_by_role("group", name="Somebody comments on a draft of yours")
    expect(told.get_by_label("Not at all")).to_be_checked()
    told.get_by_label("In a daily email").check()
    reader.get_by_role("button", name="Save").click()
    expect(reader.get_by_text("Your choices are saved")).to_be_visible()

    with_script = browser.new_context(storage_state=reader.context.storage_state()).new_page()
    with_script.goto(reader.url)
    clean(with_script)
