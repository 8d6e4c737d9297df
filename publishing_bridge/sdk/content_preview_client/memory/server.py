"""The server in memory: tokens, requests, faults on demand, and two ways to reach it."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from content_preview_client.client import ContentPreview
from content_preview_client.memory import (
    assets,
    document_lists,
    documents,
    drafts,
    link_sets,
    members,
    packs,
    paths,
    share_links,
)
from content_preview_client.memory.reaching import InMemoryAdapter, listening
from content_preview_client.memory.routing import Refused, Reply, Request, answer, problem
from content_preview_client.memory.state import State
from content_preview_client.transport import Limits

ANSWERING = (
    assets,
    document_lists,
    documents,
    drafts,
    link_sets,
    members,
    packs,
    paths,
    share_links,
)
AT_ONCE = Limits(first_pause=0.0, longest_pause=0.0, jitter=0.0)


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the next request: a status, no connection, or an answer that is lost."""

    status: int = 503
    retry_after: str = ""
    answer_lost: bool = False


class MemoryServer:
    """Content Preview in memory; `requests` is what it was sent, in order.

    `address` is where a client is pointed at; with `listening()` it is a real one on this machine.
    """

    def __init__(self) -> None:
        self.state = State()
        self.requests: list[Request] = []
        self.faults: list[Fault] = []
        self.tokens: dict[str, str] = {}
        self.lock = threading.Lock()
        self.token = self.token_of("publisher")

    @property
    def address(self) -> str:
        """Return where the server is."""
        return self.state.origin

    def token_of(self, app: str, *, reads_all: bool = False) -> str:
        """Return a new token of a publisher app; `reads_all` is the scope `drafts:read_all`."""
        token = f"cp_memory_{secrets.token_hex(8)}"
        self.tokens[token] = app
        if reads_all:
            self.state.readers_of_all.add(app)
        return token

    def client(self, app: str = "publisher", *, limits: Limits = AT_ONCE) -> ContentPreview:
        """Return a client of an app that reaches this server without a network."""
        token = self.token if app == "publisher" else self.token_of(app)
        return ContentPreview(self.address, token, limits=limits, adapter=InMemoryAdapter(self))

    @contextmanager
    def listening(self) -> Iterator[str]:
        """Answer over real HTTP on this machine, for clients of any kind; gives the address."""
        before = self.state.origin
        with listening(self) as self.state.origin:
            yield self.state.origin
        self.state.origin = before

    def fail(
        self, status: int = 503, *, times: int = 1, retry_after: str = "", answer_lost: bool = False
    ) -> None:
        """Let the next requests fail: with a status, or, done but unanswered, `answer_lost`."""
        self.faults += [Fault(status, retry_after, answer_lost)] * times

    def hold_renderings(self) -> None:
        """Keep renderings queued from now on."""
        self.state.renderings_held = True

    def fail_renderings(self, reason: str = "The text can't be rendered.") -> None:
        """Let renderings fail from now on."""
        self.state.renderings_fail = reason

    def respond(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer one request.

        Raises:
            requests.ConnectionError: the answer is to be lost.

        """
        with self.lock:
            request = request_of(method, url, headers, body)
            self.requests.append(request)
            fault = self.faults.pop(0) if self.faults else None
            if fault and not fault.answer_lost:
                more = {"Retry-After": fault.retry_after} if fault.retry_after else {}
                told = problem(fault.status, "fault", "A fault that the test asked for.")
                return replace(told, headers={**told.headers, **more})
            reply = self.reply_to(request)
        if fault:
            raise requests.ConnectionError("The answer was lost, as the test asked for.")
        return reply

    def reply_to(self, request: Request) -> Reply:
        """Return the reply of whoever answers at the request's address."""
        try:
            return answer(self.state, self.allowed(request))
        except Refused as refused:
            return refused.reply

    def allowed(self, request: Request) -> Request:
        """Return the request with the app whose token it came with."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        app = self.tokens.get(token.strip())
        if scheme.lower() == "bearer" and app:
            return replace(request, app=app)
        if request.path.startswith("/api/"):
            detail = "This token is not valid. Ask an operator for a new one."
            raise Refused(problem(401, "authentication-failed", detail))
        reply = Reply(401, {"message": "Bearer token does not appear to be valid"})
        raise Refused(replace(reply, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'}))


def request_of(method: str, url: str, headers: Mapping[str, str], body: bytes) -> Request:
    """Return what was sent as a request."""
    parts = urlsplit(url)
    given = requests.structures.CaseInsensitiveDict(headers)
    found: Any = None
    if body and "json" in given.get("Content-Type", ""):
        found = json.loads(body)
    query = parse_qs(parts.query, keep_blank_values=True)
    path = unquote(parts.path)
    return Request(method, path, query, given, body, found)
