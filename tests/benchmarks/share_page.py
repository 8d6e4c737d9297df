"""`share_page`: an opened share page beside a bare Django view of the same bytes; forged tokens.

On SQLite and on PostgreSQL, one web process, requests one after another over connections that stay
open, the two sides in turns. The page is about 30 kB.
"""

from __future__ import annotations

import http.client
import statistics
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import requests

from scripts.servers import PostgreSQL
from tests.benchmarks.service import opened_page, publication, running
from tests.end_to_end.conftest import Service

REQUESTS = 400
ROUNDS = 7
Found = dict[str, Any]


def rate(service: Service, path: str, headers: dict[str, str], status: int = 200) -> float:
    """Return how many requests a second one connection gets answered."""
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
    started = time.perf_counter()
    for _ in range(REQUESTS):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != status:
            raise RuntimeError(f"{path} answered {answer.status}")
    seconds = time.perf_counter() - started
    connection.close()
    return REQUESTS / seconds


def flipped(session: requests.Session, place: str) -> str:
    """Return the address of a link with another signature: the dearest kind of forgery."""
    ends = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    asked = {"expires_at": ends, "kind": "anyone"}
    link = session.post(f"{place}/share-links", json=asked, timeout=30).json()
    token = link["url"].rsplit("/", 1)[1]
    return f"/s/{token[:-20]}{'A' * 19}{token[-1]}"


def compared(service: Service) -> Found:
    """Return the rates and their ratios, medians of the rounds."""
    session, content_id = service.session(), str(uuid.uuid4())
    place = f"{service.address}/api/v1/drafts/{content_id}"
    session.put(place, json=publication(0), params={"wait": 20}, timeout=30).raise_for_status()
    service.wait_ended(session, content_id)
    address, headers = opened_page(service, session, content_id)
    forged = flipped(session, place)
    path = address.removeprefix(service.address)
    body = requests.get(address, headers=headers, timeout=30).content
    Path(service.environment["BARE_BODY"]).write_bytes(body)
    rounds = [
        (
            rate(service, path, headers),
            rate(service, forged, headers, 404),
            rate(service, "/bare", headers),
        )
        for _ in range(ROUNDS)
    ]
    pages, forged, bare = (statistics.median(side) for side in zip(*rounds, strict=True))
    return {
        "bytes": len(body),
        "page_per_s": pages,
        "forged_per_s": forged,
        "bare_per_s": bare,
        "page_ratio": statistics.median(row[0] / row[2] for row in rounds),
        "forged_ratio": statistics.median(row[1] / row[2] for row in rounds),
    }


def measure() -> Found:
    """Measure on both databases."""
    with running() as service:
        found = {"sqlite": compared(service)}
    with PostgreSQL() as server, running(DATABASE_URL=server.url) as service:
        found["postgresql"] = compared(service)
    return found
