"""Signed-in people, and a little use to look at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from preview.accounts.mock import example_people
from preview.usage.programme.standings import decide, today_in_london
from tests.preview.usage.tables import covered_until, used
from tests.preview.web.conftest import SERVICE


def browser(uid: str) -> Client:
    client = Client(HTTP_HOST=SERVICE, raise_request_exception=False)
    client.force_login(next(one for one in example_people() if one.uid == uid))
    return client


@pytest.fixture
def admin(db: None) -> Client:
    return browser("mock-admin")


@pytest.fixture
def editor(db: None) -> Client:
    return browser("mock-editor")


@pytest.fixture
def some_use(db: None) -> None:
    today = today_in_london()
    covered_until(today - timedelta(days=1), 120)
    for week in range(1, 12):
        used(today - timedelta(weeks=week), "harbours", person="p1", sessions=2)
    used(today - timedelta(weeks=1), "=cmd()", kind="roles", person="p2")
    decide(today)
