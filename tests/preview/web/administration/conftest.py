"""An admin at the pages of administration, and a walk through a list of many pages."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.preview.web.conftest import Browser, person_called

MOST_QUERIES = 12


@pytest.fixture
def admin(db: None) -> Client:
    browser = Browser()
    browser.service.force_login(person_called("mock-admin"))
    return browser.service


def walked(admin: Client, place: str, row: str) -> list[str]:
    """Return what `row` finds on a list's pages, from `place` to the last, none of them costly."""
    first, seen = place.partition("?")[0], []
    while place:
        with CaptureQueriesContext(connection) as ran:
            page = admin.get(place).content.decode()
        assert len(ran) <= MOST_QUERIES
        seen += re.findall(row, page)
        after = re.search(r'href="(\?[^"]*after=[^"]+)"', page)
        place = first + after[1].replace("&amp;", "&") if after else ""
    return seen
