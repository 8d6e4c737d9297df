"""The page where people choose their notifications, and the one that stops them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from preview.accounts.models import Person
from preview.notifications.choosing import choices_of, token_for
from preview.notifications.models import NotificationChoice, NotificationMail, When
from preview.notifications.registry import KINDS
from tests.preview.web.conftest import SERVICE, person_called

pytestmark = pytest.mark.django_db
PLACE = "/settings/notifications"
WANTED = {**dict.fromkeys(KINDS, "daily"), "reply": "off"}


@pytest.fixture
def edith() -> Person:
    return person_called("mock-editor")


@pytest.fixture
def browser(edith: Person) -> Client:
    made = Client(HTTP_HOST=SERVICE)
    made.force_login(edith)
    return made


def test_choices_are_saved_and_shown(browser: Client, edith: Person) -> None:
    answer = browser.post(PLACE, WANTED)
    assert (answer.status_code, answer["Location"]) == (303, f"{PLACE}?saved=yes")
    page = browser.get(answer["Location"]).content.decode()
    assert "Your choices are saved" in page
    assert page.count(" checked") == len(KINDS)
    assert choices_of(edith)["reply"] == When.OFF


@pytest.mark.parametrize("sent", [{}, {"reply": "sometimes"}, {"reply": "\0"}])
def test_what_is_no_answer_is_refused_with_a_sentence(
    browser: Client, edith: Person, sent: dict[str, str]
) -> None:
    answer = browser.post(PLACE, sent)
    assert answer.status_code == 422
    assert "Choose one of the answers" in answer.content.decode()
    assert not NotificationChoice.objects.exists()


def test_the_page_asks_few_questions(
    browser: Client, edith: Person, django_assert_max_num_queries: Any
) -> None:
    browser.post(PLACE, WANTED)
    with django_assert_max_num_queries(12):
        browser.get(PLACE)
    with django_assert_max_num_queries(12):
        Client(HTTP_HOST=SERVICE).get(f"/unsubscribe/{token_for(edith, When.DAILY)}")


def test_the_page_is_in_the_navigation(browser: Client, edith: Person) -> None:
    assert f'href="{PLACE}"' in browser.get("/packs").content.decode()


def test_a_scanner_that_follows_the_link_stops_nothing(edith: Person) -> None:
    scanner = Client(HTTP_HOST=SERVICE)
    for method in (scanner.get, scanner.head):
        assert method(f"/unsubscribe/{token_for(edith, When.AT_ONCE)}").status_code == 200
    assert choices_of(edith)["comment"] == When.AT_ONCE


def test_one_click_of_a_mail_program_stops_mails_without_cookies(edith: Person) -> None:
    program = Client(HTTP_HOST=SERVICE, enforce_csrf_checks=True)
    place = f"/unsubscribe/{token_for(edith, When.AT_ONCE)}"
    for _ in range(2):
        answer = program.post(place, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "These emails have stopped" in answer.content.decode()
    chosen = choices_of(edith)
    assert (chosen["comment"], chosen["comment_resolved"]) == (When.OFF, When.DAILY)


def test_a_token_that_is_none_stops_nothing_and_says_what_to_do(edith: Person) -> None:
    token = token_for(edith, When.AT_ONCE)
    for wrong in (token[:-2], "x", token_for(edith, When.AT_ONCE).swapcase()):
        answer = Client(HTTP_HOST=SERVICE).post(f"/unsubscribe/{wrong}")
        assert answer.status_code == 404
        assert "This link does not work" in answer.content.decode()
    assert choices_of(edith)["comment"] == When.AT_ONCE


def test_admins_see_which_mails_failed_and_change_none(edith: Person) -> None:
    NotificationMail.objects.create(
        person=edith, key="x", when="daily", failure="The server said no"
    )
    admin = Client(HTTP_HOST=SERVICE)
    admin.force_login(person_called("mock-admin"))
    page = admin.get("/admin/preview/notificationmail/")
    assert "The server said no" in page.content.decode()
    for place in ("add/", f"{NotificationMail.objects.get().id}/delete/"):
        assert admin.get(f"/admin/preview/notificationmail/{place}").status_code == 404
