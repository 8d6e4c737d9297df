"""`tee`: what forwarding adds to the real Publishing API's own latency, at most 5 ms in the middle.

A stand-in upstream, gunicorn in tee mode, SQLite and Valkey run as processes of their own; the same
PUT goes straight and through the bridge, in turns.
"""

from __future__ import annotations

import json
import multiprocessing
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

from scripts.servers import Valkey, free_port
from tests.conftest import content_item
from tests.contract.server import ROOT, environment, serving

ROUNDS = 300
WARM = 30
ANSWER = json.dumps({"content_id": "x", "details": {"body": "x" * 4000}}).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers every PUT alike."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer, as a real server sends it

    def do_PUT(self) -> None:
        """Read the body, answer."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Write nothing."""


def upstream(port: int) -> None:
    """Serve the stand-in."""
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


def timed(session: requests.Session, address: str) -> float:
    """Send one PUT; return its milliseconds."""
    body = json.dumps(content_item()).encode()
    started = time.perf_counter()
    path = f"{address}/v2/content/{uuid.uuid4()}"
    answer = session.put(path, data=body, headers={"Content-Type": "application/json"}, timeout=20)
    took = 1000 * (time.perf_counter() - started)
    assert answer.content == ANSWER
    return took


def measure() -> dict[str, Any]:
    """Return the added milliseconds: the middle, and 95 of 100."""
    port = free_port()
    process = multiprocessing.get_context("spawn").Process(target=upstream, args=(port,))
    process.start()
    straight = f"http://127.0.0.1:{port}"
    try:
        with tempfile.TemporaryDirectory() as name, Valkey(Path(name) / "valkey") as valkey:
            settings = environment(
                Path(name),
                free_port(),
                REDIS_URL=valkey.url,
                PUBLISHING_BRIDGE_MODE="tee",
                PUBLISHING_API_URL=straight,
            )
            migrate = [sys.executable, "manage.py", "migrate", "-v0"]
            subprocess.run(migrate, cwd=ROOT, env=settings, check=True)
            with serving(settings, Path(name) / "server.log") as bridge:
                return compared(straight, bridge)
    finally:
        process.terminate()


def compared(straight: str, bridge: str) -> dict[str, Any]:
    """Measure both in turns, so that a busy machine is busy for both."""
    direct, through = requests.Session(), requests.Session()
    rows = [(timed(direct, straight), timed(through, bridge)) for _ in range(WARM + ROUNDS)][WARM:]
    added = sorted(there - here for here, there in rows)
    return {
        "upstream_p50_ms": round(statistics.median(here for here, _ in rows), 2),
        "added_p50_ms": round(statistics.median(added), 2),
        "added_p95_ms": round(added[int(0.95 * len(added))], 2),
        "target_p50_ms": 5,
    }
