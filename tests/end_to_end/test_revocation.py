"""Revocation: seen by each of four processes, and proven over HTTP."""

from __future__ import annotations

import re
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psutil
import pytest
import requests

from scripts.run import ready
from tests.conftest import content_item
from tests.end_to_end.conftest import Service

pytestmark = pytest.mark.end_to_end
WORKERS = 4


@pytest.fixture
def four(service: Service) -> Service:
    """Give the service with four web processes."""
    service.kill("web")
    service.environment |= {"WEB_WORKERS": str(WORKERS), "METRICS_PORT": "0"}
    service.start("web")
    assert ready(str(service.port))
    return service


@contextmanager
def only(worker: psutil.Process, workers: list[psutil.Process]) -> Iterator[None]:
    """Let one worker run, so that it is the one that answers."""
    others = [one for one in workers if one.pid != worker.pid]
    for one in others:
        one.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for one in others:
            one.send_signal(signal.SIGCONT)


def opened(service: Service, url: str) -> tuple[str, dict[str, str]]:
    """Confirm a link; returns the page's address and the guest's headers."""
    host = f"preview.localhost:{service.port}"
    landing = f"{service.address}/s/{url.rsplit('/', 1)[1]}"
    neutral = requests.get(landing, headers={"Host": host}, timeout=30)
    field = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', neutral.text)
    assert field
    answer = requests.post(
        landing,
        data={"csrfmiddlewaretoken": field[1]},
        headers={"Host": host, "Cookie": f"__Host-csrf={neutral.cookies['__Host-csrf']}"},
        allow_redirects=False,
        timeout=30,
    )
    cookie = f"__Host-guest={answer.cookies['__Host-guest']}"
    return service.address + answer.headers["Location"], {"Host": host, "Cookie": cookie}


def test_every_process_refuses_within_a_second_and_the_probe_proves_it(four: Service) -> None:
    session, content_id = four.session(), str(uuid.uuid4())
    place = f"{four.address}/api/v1/drafts/{content_id}"
    session.put(place, json=content_item(), timeout=30).raise_for_status()
    four.wait_ended(session, content_id)
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    asked = {"expires_at": ends, "kind": "anyone"}
    link = session.post(f"{place}/share-links", json=asked, timeout=30).json()
    address, headers = opened(four, link["url"])
    workers = psutil.Process(four.processes["web"].pid).children()
    assert len(workers) == WORKERS
    for worker in workers:
        with only(worker, workers):
            assert requests.get(address, headers=headers, timeout=30).status_code == 200
    pack = re.search(r"/packs/([0-9a-f-]{36})", four.manage("shell", "-v0", "-c", PACK_OF))
    assert pack
    with pytest.raises(subprocess.CalledProcessError) as refused:
        four.manage("probe", pack[1], "--base-url", four.address)
    assert " 200 OPEN " in refused.value.stdout
    revoke = f"{four.address}/api/v1/share-links/{link['id']}/revoke"
    session.post(revoke, timeout=30).raise_for_status()
    time.sleep(1)
    for worker in workers:
        with only(worker, workers):
            assert requests.get(address, headers=headers, timeout=30).status_code == 410
    proof = four.manage("probe", pack[1], "--base-url", four.address)
    assert " 0 not closed. SHA-256: " in proof
    assert f" 410 closed http://preview.localhost:{four.port}/shared/{link['id']}/low-tide" in proof


PACK_OF = "from preview.packs.models import Pack; print(f'/packs/{Pack.objects.get().id}')"
