"""Queues and failures: with and without a broker, retrying one and all, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preview.audit.models import Entry
from preview.outbox.models import Delivery
from preview.rendering.models import Rendering
from preview.webhooks.models import Message
from scripts.servers import Valkey
from tests.preview.web.conftest import Browser, Case, person_called

pytestmark = pytest.mark.django_db
PLACE = "/administration/queues"
SENTENCE = "The page has no body."


@pytest.fixture
def admin() -> Browser:
    browser = Browser()
    browser.service.force_login(person_called("mock-admin"))
    return browser


@pytest.fixture
def broker(tmp_path: Path, settings: Any) -> Iterator[redis.Redis]:
    """Give a real broker, which the service uses."""
    server = Valkey(tmp_path)
    server.start()
    settings.REDIS_URL = server.url
    with redis.Redis.from_url(server.url) as client:
        yield client
    server.stop()


def stuck(**values: Any) -> Delivery:
    """Return a delivery that was sent five times."""
    known = {"topic": "version.saved", "task": "rendering.render_version", "queue": "render"}
    return Delivery.objects.create(**(known | {"payload": {"version_id": 0}, "sends": 5} | values))


def failed(case: Case, sentence: str = SENTENCE) -> Rendering:
    """Let the newest rendering of the case have failed."""
    values = {"state": "failed", "failure": sentence, "trace_id": "trace-1"}
    Rendering.objects.filter(id=case.rendering.id).update(**values)
    return Rendering.objects.get(id=case.rendering.id)


def again(rendering: Rendering) -> int:
    """Return how many renderings of the same page wait."""
    same = Rendering.objects.filter(pack=rendering.pack_id, content_id=rendering.content_id)
    return same.filter(state="queued").count()


def test_a_broker_that_is_away_is_said(admin: Browser) -> None:
    page = admin.service.get(PLACE)
    assert page.status_code == 200
    assert b"does not answer" in page.content


def test_the_depth_of_each_queue_is_shown(admin: Browser, broker: redis.Redis) -> None:
    broker.lpush("bulk", *range(4321))
    page = admin.service.get(PLACE).content.decode()
    assert ">4321</td>" in page
    assert "does not answer" not in page


def test_stuck_work_is_listed_and_fresh_work_is_not(admin: Browser) -> None:
    stuck(request_id="request-7")
    stuck(sends=1, task="mail.send_letter")
    page = admin.service.get(PLACE).content.decode()
    assert "request request-7" in page
    assert "mail.send_letter" not in page


def test_sending_while_the_broker_is_away_loses_nothing(admin: Browser) -> None:
    one = stuck()
    answer = admin.service.post(f"{PLACE}/deliver", {"delivery": str(one.id)}, follow=True)
    assert b"The broker took no more: 1" in answer.content
    one.refresh_from_db()
    assert one.done_at is None


@pytest.mark.parametrize("data", [{}, {"delivery": "x"}, {"rendering": "\0"}])
def test_a_form_that_names_nothing_does_nothing(
    case: Case, admin: Browser, data: dict[str, str]
) -> None:
    rendering = failed(case)
    for name in ("deliver", "render"):
        assert admin.service.post(f"{PLACE}/{name}", data).status_code == 302
    assert again(rendering) == 0


def test_a_failed_preview_is_told_with_its_sentence_and_trace(case: Case, admin: Browser) -> None:
    failed(case)
    page = admin.service.get(PLACE).content.decode()
    assert SENTENCE in page
    assert "Trace trace-1" in page


def test_rendering_again_twice_queues_once(case: Case, admin: Browser) -> None:
    rendering = failed(case)
    for count in (1, 0):
        data = {"rendering": str(rendering.id)}
        page = admin.service.post(f"{PLACE}/render", data, follow=True).content.decode()
        assert f"Queued again: {count}" in page
    assert again(rendering) == 1
    assert Entry.objects.filter(action="rendering.retry", actor="person:mock-admin").count() == 1
    assert SENTENCE not in admin.service.get(PLACE).content.decode()


def test_all_that_failed_for_a_reason_are_rendered_again(case: Case, admin: Browser) -> None:
    rendering = failed(case)
    other = {"all": "yes", "failure": "Another reason."}
    admin.service.post(f"{PLACE}/render", other)
    assert again(rendering) == 0
    admin.service.post(f"{PLACE}/render", {"all": "yes", "failure": SENTENCE})
    assert again(rendering) == 1


def test_a_version_that_is_not_the_newest_is_not_rendered_again(case: Case, admin: Browser) -> None:
    rendering = failed(case)
    type(case.draft).objects.filter(id=case.draft.id).update(version_number=2)
    admin.service.post(f"{PLACE}/render", {"rendering": str(rendering.id)})
    assert again(rendering) == 0


def test_webhooks_that_fail_are_told(case: Case, admin: Browser) -> None:
    Message.objects.filter(id=case.message.id).update(state="given_up", tries=8)
    page = admin.service.get(PLACE).content.decode()
    assert "https://x.example/" in page
    assert "1 given up" in page


def test_the_page_needs_few_queries(case: Case, admin: Browser) -> None:
    failed(case)
    for _ in range(30):
        stuck()
    with CaptureQueriesContext(connection) as found:
        assert admin.service.get(PLACE).status_code == 200
    assert len(found) <= 12
