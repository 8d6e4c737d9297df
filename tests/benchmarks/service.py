"""`save_to_ready`, `serve` and the worker's memory, against a service of processes."""

from __future__ import annotations

import os
import sqlite3
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil
import requests

from preview import pages
from scripts.run import ready
from tests.conftest import content_item
from tests.end_to_end.conftest import Service

DRAFTS = 200
REQUESTS = 600
ROUNDS = 5
RENDERS = 1000
PARAGRAPH = (
    '<h2 id="rule-{n}">Rule {n}</h2><p>Harbours need <a href="/keepers">keepers</a>, and keepers '
    "need <strong>rules</strong> that they can read in the rain.</p>"
    "<ul><li>Light the lamp at dusk</li><li>Write down the tide</li></ul>"
)
Found = dict[str, Any]


def publication(number: int) -> dict[str, object]:
    """Return a publication of about 20 kB, with the mark-up of a usual one."""
    body = "".join(PARAGRAPH.format(n=n) for n in range(80))
    return content_item(
        schema_name="publication",
        document_type="guidance",
        title=f"Keeping harbour {number}",
        details={"body": f'<div class="govspeak">{body}</div>', "attachments": []},
    )


@contextmanager
def running(**more: str) -> Iterator[Service]:
    """Start web, worker and beat, as the end-to-end tests do, and stop them; `more` settings."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        service.environment |= {
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.bare_settings",
            "BARE_BODY": f"{folder}/bare.html",
            "RATE_LIMIT_API": "100000/minute",
            "RENDER_TIME_LIMIT": "30",
            "OUTBOX_RESEND_AFTER": "45",
            **more,
        }
        service.valkey.start()
        try:
            service.manage("migrate", "-v0")
            service.start("web")
            service.start("worker", "-I", "tests.benchmarks.empty_task", "-Q", "render")
            service.start("background")
            service.start("beat")
            if not ready(str(service.port)):
                raise RuntimeError("the service did not become ready")
            yield service
        finally:
            service.stop()


def timed(act: Callable[[], object], times: int) -> list[float]:
    """Return how long each call took, in milliseconds."""
    found = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        found.append(1000 * (time.perf_counter() - started))
    return found


def spread(times: list[float]) -> Found:
    """Return median and 95th percentile."""
    return {"p50_ms": statistics.median(times), "p95_ms": statistics.quantiles(times, n=20)[-1]}


def save_to_ready(service: Service, session: requests.Session) -> list[float]:
    """Send drafts one after another; measure from the PUT until the rendering is ready."""

    def save() -> None:
        place = f"{service.address}/api/v1/drafts/{uuid.uuid4()}"
        draft = session.put(place, json=publication(0), params={"wait": 5}, timeout=30).json()
        if draft["rendering"]["state"] != "ready":
            raise RuntimeError(f"not ready: {draft}")

    return timed(save, DRAFTS)


def floor(service: Service) -> list[float]:
    """Measure what no design can do without: an empty task, a commit and the pure rendering."""
    from redis import Redis

    os.environ["REDIS_URL"] = service.environment["REDIS_URL"]
    from celery import Celery

    sender = Celery(broker=service.environment["REDIS_URL"])
    redis = Redis.from_url(service.environment["REDIS_URL"])
    database = sqlite3.connect(service.folder / "db.sqlite3", isolation_level=None)
    database.execute("PRAGMA synchronous=NORMAL")
    database.execute("CREATE TABLE benchmark_floor (payload TEXT)")
    options = pages.Options(now=datetime.now(UTC))
    item = publication(0)

    def once() -> None:
        key = str(uuid.uuid4())
        sender.send_task("benchmarks.nothing", args=[key], queue="render")
        if redis.blpop([key], timeout=30) is None:
            raise RuntimeError("the empty task did not run")
        database.execute("INSERT INTO benchmark_floor VALUES (?)", [key])
        pages.render(item, options=options)

    try:
        return timed(once, DRAFTS)
    finally:
        database.close()
        sender.close()
        redis.close()


def opened_page(
    service: Service, session: requests.Session, content_id: str, locale: str = "en"
) -> tuple[str, dict[str, str]]:
    """Share a draft, confirm the link; return the page's address and the guest's headers."""
    place = f"{service.address}/api/v1/drafts/{content_id}"
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    asked = {"expires_at": ends, "kind": "anyone"}
    made = session.post(f"{place}/share-links", json=asked, params={"locale": locale}, timeout=30)
    link = made.json()
    host = f"preview.localhost:{service.port}"
    landing = f"{service.address}/s/{link['url'].rsplit('/', 1)[1]}"
    neutral = requests.get(landing, headers={"Host": host}, timeout=30)
    field = neutral.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    opened = requests.post(
        landing,
        data={"csrfmiddlewaretoken": field},
        headers={"Host": host, "Cookie": f"__Host-csrf={neutral.cookies['__Host-csrf']}"},
        allow_redirects=False,
        timeout=30,
    )
    cookie = f"__Host-guest={opened.cookies['__Host-guest']}"
    return service.address + opened.headers["Location"], {"Host": host, "Cookie": cookie}


def serve(service: Service, session: requests.Session) -> Found:
    """Compare an opened share page with a bare view of the same bytes on the same server."""
    content_id = str(uuid.uuid4())
    place = f"{service.address}/api/v1/drafts/{content_id}"
    session.put(place, json=publication(0), params={"wait": 20}, timeout=30).raise_for_status()
    address, headers = opened_page(service, session, content_id)
    body = requests.get(address, headers=headers, timeout=30).content
    Path(service.environment["BARE_BODY"]).write_bytes(body)
    client = requests.Session()
    client.headers.update(headers)

    def rate(place: str) -> float:
        started = time.perf_counter()
        for _ in range(REQUESTS):
            client.get(place, timeout=30).raise_for_status()
        return REQUESTS / (time.perf_counter() - started)

    pairs = [(rate(address), rate(f"{service.address}/bare")) for _ in range(ROUNDS)]
    ratio = statistics.median(page / bare for page, bare in pairs)
    page, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    return {"bytes": len(body), "page_per_s": page, "bare_per_s": bare, "ratio": ratio}


def worker_mb(service: Service) -> float:
    """Return the memory of the worker's largest process, in MB."""
    parent = psutil.Process(service.processes["worker"].pid)
    sizes = [one.memory_info().rss for one in [parent, *parent.children(recursive=True)]]
    return max(sizes) / 1e6


def memory(service: Service, session: requests.Session) -> Found:
    """Render many drafts; return the worker's memory after each fifth of them."""
    steps = []
    for _ in range(5):
        last = ""
        for number in range(RENDERS // 5):
            last = str(uuid.uuid4())
            place = f"{service.address}/api/v1/drafts/{last}"
            session.put(place, json=publication(number), timeout=30).raise_for_status()
        service.wait_ended(session, last, seconds=120)
        steps.append(worker_mb(service))
    return {"renders": RENDERS, "mb_after_each_fifth": steps}


def measure() -> Found:
    """Return `save_to_ready` beside its floor, `serve` beside a bare view, the worker's memory."""
    with running() as service:
        session = service.session()
        lowest = spread(floor(service))
        saved = spread(save_to_ready(service, session))
        return {
            "save_to_ready": {
                **saved,
                "floor": lowest,
                "p95_ratio": saved["p95_ms"] / lowest["p95_ms"],
            },
            "serve": serve(service, session),
            "worker_memory": memory(service, session),
        }
