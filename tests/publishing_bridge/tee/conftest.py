"""A stand-in for the real Publishing API, over real HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from publishing_bridge.tee import forwarding


@dataclass
class Answer:
    """What the stand-in answers; `cut` sends half a body and hangs up."""

    status: int = 200
    body: bytes = b'{"content_id":"x"}'
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0
    cut: bool = False


class Upstream:
    """The stand-in: gives the answer that is set, keeps what it was sent."""

    def __init__(self) -> None:
        self.answer = Answer()
        self.received: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def respond(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                outer.received.append(
                    {
                        "line": f"{self.command} {self.path}",
                        "headers": dict(self.headers.items()),
                        "body": self.rfile.read(length),
                    }
                )
                answer = outer.answer
                time.sleep(answer.wait)
                self.send_response(answer.status)
                headers = {"Content-Type": "application/json; charset=utf-8", **answer.headers}
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(
                    answer.body[: len(answer.body) // 2] if answer.cut else answer.body
                )
                if answer.cut:
                    self.close_connection = True

            def log_message(self, *_: Any) -> None:
                """Write nothing."""

        for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
            setattr(Handler, f"do_{method}", Handler.respond)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # a client that hangs up is no fault
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def upstream(settings: Any) -> Iterator[Upstream]:
    """A running stand-in to which the bridge forwards."""
    running = Upstream()
    settings.PUBLISHING_BRIDGE_MODE = "tee"
    settings.PUBLISHING_API_URL = running.address
    settings.PUBLISHING_API_READ_TIMEOUT = 5.0
    yield running
    running.stop()
    forwarding.session().close()


@pytest.fixture(autouse=True)
def broker(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A broker that takes every task at once; what is sent is what the tests look at."""
    sent: list[str] = []
    monkeypatch.setattr(
        "preview.outbox.actions.current_app.send_task", lambda name, **_: sent.append(name)
    )
    return sent
