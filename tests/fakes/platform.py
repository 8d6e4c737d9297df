"""The publishing platform's reads over HTTP, from a site in memory, with faults on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from publishing_bridge.example_site import MemorySite
from publishing_bridge.links import PublishingRules

Reply = tuple[int, Any]
NOTHING: Reply = (404, {"error": {"code": 404, "message": "not found"}})


class Platform:
    """Content store and Publishing API at one address; `fault` says how they misbehave.

    Faults: "slow", "500", "wrong_json", "half" (every other id is not found), "" for none.
    """

    def __init__(self, site: MemorySite) -> None:
        self.site, self.fault = site, ""
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Be down."""
        self.server.shutdown()
        self.server.server_close()

    def reply(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Reply:
        """Answer a request as the platform does."""
        for start, answer in ROUTES.items():
            if f"{method} {path}".startswith(start):
                rest = f"{method} {path}".removeprefix(start)
                return answer(self.site, rest, query, body)
        return NOTHING


def stored(site: MemorySite, path: str, query: Any, body: Any) -> Reply:
    page = site.page(unquote(path) or "/")
    if page is None:
        return 404, None
    gone = page.item.get("schema_name") == "gone"
    return (410 if gone else 200), page.item


def edition(site: MemorySite, rest: str, query: dict[str, list[str]], body: Any) -> Reply:
    content_id, _, more = rest.partition("/")
    if more:
        hosts = site.sources.get(content_id, {}).get("embed", {})
        return 200, {"results": [{"host_content_id": one} for one in hosts]}
    content = site.contents.get((content_id, query["locale"][0]))
    if content is None:
        return NOTHING
    shown = {name: value for name, value in content.items() if name != "link_set"}
    shown["publication_state"] = "published"
    if notice := shown.pop("withdrawn_notice", None):
        shown["publication_state"] = "unpublished"
        shown["unpublishing"] = {"type": "withdrawal", **notice}
    return 200, shown


def expanded(site: MemorySite, content_id: str, query: dict[str, list[str]], body: Any) -> Reply:
    known = site.items([content_id], query["locale"][0]).get(content_id)
    if known is None:
        return NOTHING
    return 200, {"expanded_links": PublishingRules().expand(known, site)}


def linked(site: MemorySite, content_id: str, query: dict[str, list[str]], body: Any) -> Reply:
    kind = query["link_type"][0]
    ids = site.sources.get(content_id, {}).get(kind, {})
    rows = [one for one in ids if content_id in site.sets.get(one, {}).get(kind, ())]
    return 200, [{"content_id": one} for one in rows]


def listed(site: MemorySite, rest: str, query: dict[str, list[str]], body: Any) -> Reply:
    name = next(one for one in query if one.startswith("link_"))
    ids = site.sources.get(query[name][0], {}).get(name.removeprefix("link_"), {})
    return 200, {"results": [{"content_id": one} for one in ids]}


def sets(site: MemorySite, rest: str, query: Any, body: Any) -> Reply:
    return 200, {
        one: {"links": site.sets.get(one, {}), "version": 1} for one in body["content_ids"]
    }


def lookup(site: MemorySite, rest: str, query: Any, body: Any) -> Reply:
    return 200, site.content_ids(body["base_paths"])


ROUTES: dict[str, Callable[[MemorySite, str, Any, Any], Reply]] = {
    "GET /content": stored,
    "GET /v2/content/": edition,
    "GET /v2/content": listed,
    "GET /v2/expanded-links/": expanded,
    "GET /v2/linked/": linked,
    "POST /v2/links/by-content-id": sets,
    "POST /lookup-by-base-path": lookup,
}


def handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    """Return the handler of a platform's requests."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            platform.asked.append(f"{self.command} {self.path}")
            platform.headers.append({name.lower(): value for name, value in self.headers.items()})
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "null")
            if platform.fault == "slow":
                time.sleep(1)
            status, answer = platform.reply(self.command, parts.path, parse_qs(parts.query), body)
            if platform.fault == "500":
                status, answer = 500, {"error": "broken"}
            if platform.fault == "half" and len(platform.asked) % 2:
                status, answer = NOTHING
            text = (
                b"<html>not JSON" if platform.fault == "wrong_json" else json.dumps(answer).encode()
            )
            self.answer(status, b"" if answer is None else text)

        do_POST = do_GET  # noqa: N815 (named by the library)

        def answer(self, status: int, text: bytes) -> None:
            tag = f'"{hash(text)}"'
            if status == 200 and self.headers.get("If-None-Match") == tag:
                status, text = 304, b""
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def platform(site: MemorySite) -> Iterator[Platform]:
    """Run a platform over a site."""
    running = Platform(site)
    try:
        yield running
    finally:
        running.close()
