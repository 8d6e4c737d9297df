"""The two ways to reach the server in memory: inside `requests`, and over HTTP on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Protocol

import requests
from requests.adapters import BaseAdapter

from content_preview_client.memory.routing import Reply


class Responding(Protocol):
    """Whatever answers requests."""

    def respond(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer one request."""
        ...


class InMemoryAdapter(BaseAdapter):
    """Answers the requests of a `requests.Session` without a network."""

    def __init__(self, server: Responding) -> None:
        super().__init__()
        self.server = server

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """Return the server's reply as a response."""
        del args, kwargs
        method, url = request.method or "GET", request.url or ""
        reply = self.server.respond(method, url, request.headers, bytes_of(request.body))
        response = requests.Response()
        response.request, response.url = request, url
        response.status_code, response.reason = reply.status, responses.get(reply.status, "")
        response.headers.update(headers_of(reply))
        response.raw = BytesIO(written(reply))
        return response

    def close(self) -> None:
        """Have nothing to close."""


def bytes_of(body: Any) -> bytes:
    """Return the whole of a request's body."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    return body if isinstance(body, bytes) else b"".join(body)


def written(reply: Reply) -> bytes:
    """Return the body of a reply."""
    return b"" if reply.json is None else json.dumps(reply.json).encode()


def headers_of(reply: Reply) -> dict[str, str]:
    """Return the headers of a reply."""
    return {"Content-Type": "application/json", **reply.headers}


@contextmanager
def listening(server: Responding) -> Iterator[str]:
    """Answer over HTTP on a free port of this machine; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        """Passes every request on."""

        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            """Answer; a reply that is to be lost closes the connection."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            try:
                reply = server.respond(self.command, self.path, dict(self.headers), body)
            except requests.ConnectionError:
                self.close_connection = True
                return
            content = written(reply)
            self.send_response(reply.status)
            for name, value in headers_of(reply).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = handle_one  # noqa: N815 (http.server's)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (http.server's)
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join()
