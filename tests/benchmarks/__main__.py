"""Run every benchmark against a service of its own and print one JSON object."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import requests

from preview import pages
from scripts.run import ready
from tests.conftest import content_item
from tests.end_to_end.conftest import Service

DRAFTS = 200
REQUESTS = 1500
BODY = "<p>" + "Harbours need keepers, and keepers need rules. " * 420 + "</p>"


def publication(number: int) -> dict[str, object]:
    """Return a publication of about 20 kB."""
    return content_item(
        schema_name="publication",
        document_type="guidance",
        title=f"Keeping harbour {number}",
        details={"body": BODY, "attachments": [], "political": False},
    )


def render_ms() -> float:
    """Return the median time to render the publication, in milliseconds."""
    options = pages.Options(now=datetime.now(UTC))
    item = publication(0)
    times = []
    for _ in range(50):
        started = time.perf_counter()
        pages.render(item, options=options)
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


def save_to_ready(service: Service, session: requests.Session) -> dict[str, float]:
    """Send drafts one after another; measure from the PUT until the rendering is ready."""
    times = []
    for number in range(DRAFTS):
        place = f"{service.address}/api/v1/drafts/{uuid.uuid4()}"
        started = time.perf_counter()
        session.put(place, json=publication(number), timeout=30).raise_for_status()
        draft = session.get(place, params={"wait": 5}, timeout=30).json()
        times.append(1000 * (time.perf_counter() - started))
        if draft["rendering"]["state"] != "ready":
            raise RuntimeError(f"not ready: {draft}")
    cuts = statistics.quantiles(times, n=20)
    return {"p50_ms": statistics.median(times), "p95_ms": cuts[-1]}


def rate(session: requests.Session, address: str, **headers: str) -> float:
    """Return the requests a second of one client."""
    started = time.perf_counter()
    for _ in range(REQUESTS):
        session.get(address, headers=headers, timeout=30).raise_for_status()
    return REQUESTS / (time.perf_counter() - started)


def serve(service: Service, session: requests.Session) -> dict[str, float]:
    """Compare an opened share page with the health check, the barest view of the same server."""
    content_id = str(uuid.uuid4())
    place = f"{service.address}/api/v1/drafts/{content_id}"
    session.put(place, json=publication(0), timeout=30).raise_for_status()
    service.wait_ended(session, content_id)
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    link = session.post(f"{place}/share-links", json={"expires_at": ends}, timeout=30).json()
    host = f"preview.localhost:{service.port}"
    token = link["url"].rsplit("/", 1)[1]
    guest = requests.Session()
    landing = guest.get(f"{service.address}/s/{token}", headers={"Host": host}, timeout=30)
    csrf = landing.cookies["__Host-csrf"]
    field = landing.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    opened = guest.post(
        f"{service.address}/s/{token}",
        data={"csrfmiddlewaretoken": field},
        headers={"Host": host, "Cookie": f"__Host-csrf={csrf}"},
        allow_redirects=False,
        timeout=30,
    )
    cookie = f"__Host-guest={opened.cookies['__Host-guest']}"
    address = service.address + opened.headers["Location"]
    page = rate(requests.Session(), address, Host=host, Cookie=cookie)
    bare = rate(requests.Session(), f"{service.address}/healthcheck/live", Host=host)
    return {"page_per_s": page, "bare_per_s": bare, "ratio": page / bare}


def worker_mb(service: Service) -> float:
    """Return the memory of the worker's largest process, in MB."""
    parent = psutil.Process(service.processes["worker"].pid)
    sizes = [one.memory_info().rss for one in [parent, *parent.children(recursive=True)]]
    return max(sizes) / 1e6


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        service = Service(Path(folder))
        service.environment["LOG_LEVEL"] = "WARNING"
        service.valkey.start()
        try:
            service.manage("migrate", "-v0")
            for name in ("web", "worker", "beat"):
                service.start(name)
            if not ready(str(service.port)):
                raise RuntimeError("the service did not become ready")
            session = service.session()
            found = {
                "render_ms": render_ms(),
                "save_to_ready": save_to_ready(service, session),
                "serve": serve(service, session),
                "worker_mb_after_drafts": worker_mb(service),
            }
        finally:
            service.stop()
    print(json.dumps(found, indent=1))  # noqa: T201 (what the command is for)


if __name__ == "__main__":
    main()
