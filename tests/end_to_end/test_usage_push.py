"""Logs pushed to the running service: in chunks, with the worker killed, and stored once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator

import pytest
import requests

from tests.end_to_end.conftest import Service
from tests.preview.usage.conftest import working_day

pytestmark = pytest.mark.end_to_end
BATCHES = 12


def chunks(lines: list[str]) -> Iterator[bytes]:
    """Give lines one by one, so that the body has no length."""
    for line in lines:
        yield f"{line}\n".encode()


def test_pushed_batches_survive_the_death_of_the_worker(service: Service) -> None:
    key = service.manage("usage", "key", "senders")
    headers = {"Authorization": f"Bearer {key}"}
    lines = working_day()
    for part in range(BATCHES):
        answer = requests.post(
            f"{service.address}/ingest/v1/logs",
            data=chunks(lines[part::BATCHES]),
            headers=headers,
            timeout=60,
        )
        assert answer.status_code == 202, answer.text
        assert answer.json()["accepted"] == len(lines[part::BATCHES])
        if part == BATCHES // 2:
            service.kill("worker")
    service.start("worker")
    database = sqlite3.connect(service.folder / "db.sqlite3")
    done = "SELECT count(*) FROM preview_usageobject WHERE state = 'done'"
    until = time.monotonic() + 90
    while database.execute(done).fetchone()[0] < BATCHES and time.monotonic() < until:
        time.sleep(0.2)
    assert database.execute(done).fetchone()[0] == BATCHES, service.log()[-4000:]
    service.manage("usage", "rebuild")
    stored = database.execute("SELECT count(*) FROM preview_usageevent").fetchone()[0]
    asked = database.execute("SELECT sum(requests) FROM preview_usagesession").fetchone()[0]
    database.close()
    assert (stored, asked) == (30, 30)
    assert "203.0.113" not in service.log()
