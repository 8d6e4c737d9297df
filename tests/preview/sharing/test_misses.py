"""Addresses that open nothing are counted by their source, in a real Redis, without a query."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from preview.alarms.actions import watch
from preview.rate_limits import misses
from preview.rate_limits.misses import MISSES, Misses
from scripts.servers import Valkey

pytestmark = pytest.mark.django_db
HOST = "preview.localhost"


@pytest.fixture
def counter(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Misses]:
    """The counter of this process, empty, with a Redis of its own."""
    monkeypatch.setattr(misses, "EVERY", 0.0)
    with Valkey(tmp_path) as valkey:
        settings.REDIS_URL = valkey.url
        fresh = Misses()
        vars(MISSES).update(vars(fresh))
        yield MISSES
        if MISSES.client:
            MISSES.client.close()
        vars(MISSES).update(vars(Misses()))


def test_forged_links_and_frames_of_nothing_are_counted(
    counter: Misses, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.ALARM_MISSES = 5
    client = Client(HTTP_HOST=HOST, REMOTE_ADDR="192.0.2.1")
    with django_assert_num_queries(0):
        for number in range(3):
            assert client.get(f"/s/k.{'x' * 40}{number}").status_code == 404
    for number in range(2):
        assert client.get(f"/frames/{uuid.UUID(int=number)}/x").status_code == 404
    assert list(counter.of_this_hour().values()) == [5]
    assert [one.rule for one in watch()] == ["misses_of_source"]


def test_sources_are_bounded(counter: Misses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(misses, "MOST_SOURCES", 3)
    for number in range(6):
        counter.note(f"source-{number}")
    counter.note("source-0")
    found = counter.of_this_hour()
    assert found == {"source-0": 2, "source-1": 1, "source-2": 1, "others": 3}


def test_without_redis_nothing_waits_and_nothing_is_told(counter: Misses, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert Client(HTTP_HOST=HOST).get("/s/k.forged").status_code == 404
    assert counter.of_this_hour() == {}
    assert counter.due > 0
