"""Writers at the same time, against a real server: nothing is lost, nothing fails by itself."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from scripts.servers import Valkey, free_port
from tests.conftest import content_item
from tests.contract.server import ROOT, environment, serving

pytestmark = pytest.mark.end_to_end
WRITERS = 6


class Bridge:
    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.headers = {"Authorization": f"Bearer {token}"}

    def put(self, content_id: str, **changes: Any) -> requests.Response:
        address = f"{self.address}/v2/content/{content_id}"
        item = content_item(**changes)
        return requests.put(address, json=item, headers=self.headers, timeout=60)

    def get(self, content_id: str) -> Any:
        address = f"{self.address}/v2/content/{content_id}"
        return requests.get(address, headers=self.headers, timeout=60).json()


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bridge]:
    folder = tmp_path_factory.mktemp("bridge")
    with Valkey(folder / "valkey") as valkey:
        settings = environment(folder, free_port(), REDIS_URL=valkey.url)

        def manage(*arguments: str) -> str:
            command = [sys.executable, "manage.py", *arguments]
            done = subprocess.run(
                command, cwd=ROOT, env=settings, check=True, capture_output=True, text=True
            )
            return done.stdout.strip()

        manage("migrate", "-v0")
        token = manage("create_app_token", "publisher")
        with serving(settings, folder / "server.log") as address:
            yield Bridge(address, token)
        assert "Traceback" not in Path(folder / "server.log").read_text("utf-8")


def at_once(call: Any, count: int = WRITERS) -> list[requests.Response]:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(call, range(count)))


def test_of_writers_who_saw_the_same_version_one_wins(bridge: Bridge) -> None:
    content_id = str(uuid.uuid4())
    bridge.put(content_id)
    answers = at_once(lambda n: bridge.put(content_id, title=f"By {n}", previous_version="1"))
    assert Counter(one.status_code for one in answers) == {200: 1, 409: WRITERS - 1}
    (winner,) = (one.json() for one in answers if one.status_code == 200)
    found = bridge.get(content_id)
    assert (found["title"], found["lock_version"]) == (winner["title"], 2)


def test_writers_who_ask_for_nothing_follow_one_another(bridge: Bridge) -> None:
    content_id = str(uuid.uuid4())
    path = f"/at-once/{content_id}"
    routes = [{"path": path, "type": "exact"}]
    answers = at_once(
        lambda n: bridge.put(content_id, title=f"By {n}", base_path=path, routes=routes)
    )
    assert {one.status_code for one in answers} == {200}
    assert sorted(one.json()["lock_version"] for one in answers) == list(range(1, WRITERS + 1))


def test_one_of_two_documents_gets_a_path(bridge: Bridge) -> None:
    path = f"/one-of-two/{uuid.uuid4()}"
    routes = [{"path": path, "type": "exact"}]
    answers = at_once(lambda _: bridge.put(str(uuid.uuid4()), base_path=path, routes=routes))
    assert Counter(one.status_code for one in answers) == {200: 1, 422: WRITERS - 1}
    refused = next(one.json() for one in answers if one.status_code == 422)
    assert "conflicts with content_id" in refused["error"]["message"]
