"""Apps and tokens: a secret shown once, replaced with an overlap, ended at once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preview.accounts.actions import SCOPES, create_app_token, find_token
from preview.accounts.models import AppToken
from preview.audit.models import Entry
from preview.web.administration.apps import WORDS
from tests.preview.web.conftest import Browser, person_called

pytestmark = pytest.mark.django_db
PLACE = "/administration/apps"
WANTED = {"app": "ferries", "label": "Nightly", "scopes": ["drafts:read", "drafts:write"]}


@pytest.fixture
def admin() -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-admin"))
    return browser


def secret_on(page: str) -> str:
    """Return the secret that a page shows."""
    found = re.search(r"<code class=\"address\">(cp_[\w-]+)</code>", page)
    assert found is not None
    return found[1]


def test_every_scope_is_explained_in_words() -> None:
    assert set(WORDS) == set(SCOPES)


def test_a_new_token_is_shown_once_and_works(admin: Browser) -> None:
    answer = admin.service.post(PLACE, WANTED | {"lasts": "90"})
    assert "no-store" in answer["Cache-Control"]
    secret = secret_on(answer.content.decode())
    token = find_token(secret)
    assert token is not None
    assert (token.app.name, token.scopes, token.label) == ("ferries", WANTED["scopes"], "Nightly")
    assert token.expires_at is not None
    later = admin.service.get(PLACE).content.decode()
    assert secret not in later
    assert f"{secret[:8]}…" in later
    assert Entry.objects.get(action="app_token.create").actor == "person:mock-admin"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"app": ""}, "Enter the app"),
        ({"app": "<b>"}, "letters, numbers, hyphens"),
        ({"app": "a" * 65}, "64 characters or fewer"),
        ({"app": "\0"}, "There is a problem"),
        ({"scopes": []}, "Choose what the app may do"),
        ({"scopes": ["everything"]}, "from the list"),
        ({"lasts": "9999"}, "Choose how long it lasts"),
        ({"label": "x" * 121}, "120 characters or fewer"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_and_nothing_is_made(
    admin: Browser, wrong: dict[str, object], says: str
) -> None:
    answer = admin.service.post(PLACE, WANTED | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not AppToken.objects.exists()


def test_a_replaced_token_is_accepted_for_the_overlap_only(admin: Browser) -> None:
    old = create_app_token(app_name="ferries", scopes=("drafts:read",))
    place = f"/administration/app-tokens/{old.token.id}/rotate"
    new = secret_on(admin.service.post(place, {"overlap": "1"}).content.decode())
    assert find_token(old.secret)
    replaced = find_token(new)
    assert replaced is not None
    assert replaced.scopes == ["drafts:read"]
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert find_token(old.secret) is None
        assert find_token(new)
        assert admin.service.post(place).status_code != 500


def test_a_token_that_ended_is_not_replaced(admin: Browser) -> None:
    old = create_app_token(app_name="ferries", scopes=("drafts:read",))
    admin.service.post(f"/administration/app-tokens/{old.token.id}/revoke")
    answer = admin.service.post(f"/administration/app-tokens/{old.token.id}/rotate")
    assert answer.status_code == 422
    assert b"has ended already" in answer.content
    assert AppToken.objects.count() == 1


def test_replacing_never_makes_an_old_token_last_longer(admin: Browser) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    old = create_app_token(app_name="ferries", scopes=("drafts:read",), expires_at=soon)
    admin.service.post(f"/administration/app-tokens/{old.token.id}/rotate", {"overlap": "168"})
    old.token.refresh_from_db()
    assert old.token.expires_at == soon


def test_ending_a_token_works_at_once_and_is_recorded_once(admin: Browser) -> None:
    old = create_app_token(app_name="ferries", scopes=("drafts:read",))
    for _ in range(2):
        admin.service.post(f"/administration/app-tokens/{old.token.id}/revoke")
    assert find_token(old.secret) is None
    ended = Entry.objects.get(action="app_token.revoke")
    assert ended.actor == "person:mock-admin"


def test_use_is_noted_once_an_hour(admin: Browser) -> None:
    made = create_app_token(app_name="ferries", scopes=("drafts:read",))
    find_token(made.secret)
    with CaptureQueriesContext(connection) as found:
        find_token(made.secret)
    assert len(found) == 1
    assert b"Not that we know" not in admin.service.get(PLACE).content


def test_the_page_needs_few_queries(admin: Browser) -> None:
    for number in range(30):
        create_app_token(app_name=f"app-{number}", scopes=("drafts:read",))
    with CaptureQueriesContext(connection) as found:
        assert admin.service.get(PLACE).status_code == 200
    assert len(found) <= 12
