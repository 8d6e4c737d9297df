"""The publishing platform's reads over HTTP, from a site in memory, with faults on demand."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from publishing_bridge.example_site import MemorySite
from publishing_bridge.links import PublishingRules

Reply = tuple[int, Any]
NOTHING: Reply = (404, {"error": {"code": 404, "message": "not found"}})


class Platform:
    """Content store and Publishing API at one address; `fault` says how they misbehave.

    Faults: "slow", "500", "half" (every other id is not found), those of `BODIES` and `WAYS`; ""
    for none. `sent` counts the bytes that were sent in vain.
    """

    def __init__(self, site: MemorySite) -> None:
        self.site, self.fault, self.sent, self.down = site, "", 0, False
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Be down: nothing is answered any more, on open connections neither."""
        self.down = True
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


BODIES: dict[str, bytes] = {
    "wrong_json": b"<html>not JSON",
    "list": b'[{"title": 1}, null, 2]',
    "text": b'"about"',
    "deep": b'{"links":' * 300 + b"{}" + b"}" * 300,
    "deeper": b"[" * 100_000 + b"]" * 100_000,
    "nul": b'{"title": "a\\u0000b"}',
    "nan": b'{"title": NaN}',
    "cut": b'{"title": "Ta',
    "nothing": b"",
}
GREAT = 200 * 1024**2


def dripping(platform: Platform, write: Callable[[bytes], Any], status: int, text: bytes) -> None:
    """Send a byte again and again, headers and all."""
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text)
    drip(write, whole + text)


def dripping_body(
    platform: Platform, write: Callable[[bytes], Any], status: int, text: bytes
) -> None:
    """Send the headers, then a byte again and again."""
    write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(text))
    drip(write, text)


def drip(write: Callable[[bytes], Any], text: bytes) -> None:
    for place in range(len(text)):
        write(text[place : place + 1])
        time.sleep(0.1)


def endless(platform: Platform, write: Callable[[bytes], Any], status: int, text: bytes) -> None:
    """Send 200 MB of JSON."""
    write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n[1" % GREAT)
    for _ in range(GREAT // 65_536):
        write(b",1" * 32_768)
        platform.sent += 65_536


def packed(platform: Platform, write: Callable[[bytes], Any], status: int, text: bytes) -> None:
    """Send 66 MB of JSON in some kB."""
    small = great_and_small()
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    write(head % len(small) + small)


@cache
def great_and_small() -> bytes:
    """Make the small form once."""
    return gzip.compress(b"[" + b" " * (GREAT // 3) + b"]", compresslevel=1)


WAYS: dict[str, Callable[[Platform, Callable[[bytes], Any], int, bytes], None]] = {
    "drip": dripping,
    "drip_body": dripping_body,
    "endless": endless,
    "packed": packed,
}
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
            if platform.down:
                self.close_connection = True
                return
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
            text = b"" if answer is None else json.dumps(answer).encode()
            if way := WAYS.get(platform.fault):
                self.close_connection = True
                with suppress(OSError):  # the other side has heard enough
                    way(platform, self.wfile.write, status, text)
                return
            self.answer(status, BODIES.get(platform.fault, text))

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
