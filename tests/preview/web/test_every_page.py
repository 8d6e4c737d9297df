"""Every page of the tour, with its content: few queries, few bytes.

`tests/tour/test_tour.py` holds that the tour names every address that shows a page.

Source: the budgets of docs/performance.md.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preview.accounts.actions import create_app_token
from preview.management.example_drafts import examples
from preview.outbox.actions import end_delivery
from preview.packs.models import Pack
from preview.sharing.actions import make_link
from preview.sharing.models import Recipient, ShareLink
from preview.sharing.opening import confirm_link
from preview.sharing.wanted import Wanted
from preview.web.guests import COOKIE
from tests.conftest import SCOPES, client_of, sender
from tests.preview.overlay.packs import work
from tests.preview.web.conftest import PREVIEW, SERVICE, in_two_days, person_called
from tests.tour.camera import path_of
from tests.tour.content import PATHS, fill
from tests.tour.pages import Row, rows

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 100_000
# Where a transaction begins and ends: a savepoint here, as the test itself is one.
BORDER = re.compile("SAVEPOINT|RELEASE|BEGIN|COMMIT")
# What these two ask too much; docs/status.md says so. They must not grow.
OVER = {"usage_organisation": 17, "usage_campaigns": 18}
PEOPLE = {"editor": "mock-editor", "admin": "mock-admin", "auditor": "mock-auditor"}
USED = re.compile(r'<(?:link rel="stylesheet" href|script src)="/static/([^"]+)"')
IMPORTED = re.compile(r'\bimport\b[^"\']*["\']\.\./([^"\']+)["\']')
# The preview itself, which the budget leaves out, and the pages of Django's admin.
NOT_WEIGHED = {"shared_page", "admin:index"}
ROWS = [pytest.param(row, id=row.picture.removesuffix(".webp")) for row in rows()]


def send_examples() -> None:
    """Send the example drafts that the tour's content stands on, the first of them twice."""
    secret = create_app_token(app_name="example-publisher", scopes=SCOPES).secret
    send = sender(client_of(secret))
    for item in [one for one in examples() if one.get("base_path") in PATHS]:
        for title in (item["title"], f"{item['title']} again"):
            answer = send(item["content_id"], {**item, "title": title}, item["locale"])
            assert answer.status_code in {200, 201}, answer.content
            do_all()


def do_all() -> None:
    """Do what workers would, but for what leaves this service."""
    unsent = ("mail.send_letter", "sharing.send_code", "webhooks.send_message")
    work(dict.fromkeys(unsent, lambda *, delivery_id, **_: end_delivery(delivery_id)))


def guest_of(example: dict[str, str]) -> Client:
    """Return the browser of the fact checker who was sent the tour's link."""
    link = ShareLink.objects.get(id=example["link"])
    recipient = Recipient.objects.filter(link=link).earliest("pk")
    cookie = confirm_link(link=link, cookie=None, client="browser", recipient=recipient)
    browser = Client(HTTP_HOST=PREVIEW)
    browser.cookies[COOKIE] = cookie
    return browser


def token_of(pack_id: str) -> str:
    """Return the token of a living link."""
    wanted = Wanted(in_two_days(), "anyone", "view", "Reviewer", reason="Every page")
    pack = Pack.objects.get(id=pack_id)
    return make_link(
        pack=pack, maker="person:mock-editor", wanted=wanted, covers_limited=True
    ).token


@pytest.fixture(scope="module")
def example(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The tour's content, made once; it is taken back at the end."""
    with django_db_blocker.unblock():
        made = transaction.atomic()
        made.__enter__()
        call_command("usage", "example", "--weeks", "3", stdout=io.StringIO())
        send_examples()
        found: dict[str, Any] = fill()
        do_all()
        found["token"] = token_of(found["own_pack"])
    yield found
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        made.__exit__(None, None, None)


@pytest.fixture
def browser_of(example: dict[str, str], db: None) -> Any:
    """What gives the browser of somebody: signed in, let in, or neither."""

    def given(who: str) -> Client:
        if who == "guest":
            return guest_of(example)
        browser = Client(HTTP_HOST=SERVICE)
        if who in PEOPLE:
            browser.force_login(person_called(PEOPLE[who]))
        return browser

    return given


@pytest.mark.parametrize("row", ROWS)
def test_a_page_asks_few_queries_and_is_light(
    row: Row, example: dict[str, str], browser_of: Any
) -> None:
    browser = browser_of(row.who)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(f"{path_of(row, example)}{row.query}")
    assert answer.status_code == (410 if row.file == "landing_ended" else 200)
    queries = [one["sql"] for one in asked.captured_queries if not BORDER.match(one["sql"])]
    said = "\n".join(query[:200] for query in queries)
    most = OVER.get(row.name, MOST_QUERIES)
    assert len(queries) <= most, f"{len(queries)} queries:\n{said}"
    if row.name not in NOT_WEIGHED:
        weight = len(answer.content) + sum(map(weight_of, USED.findall(answer.content.decode())))
        assert weight <= MOST_BYTES, f"{weight} bytes, {len(answer.content)} of them HTML"


def weight_of(name: str) -> int:
    """Return how many bytes a static file is sent as, with what it imports."""
    place = finders.find(name)
    assert isinstance(place, str), name
    content = Path(place).read_bytes()
    imported = IMPORTED.findall(content.decode()) if len(content) < 10_000 else ()
    return len(gzip.compress(content)) + sum(map(weight_of, imported))
