"""Requests, replies, and the table of addresses that the modules of this package fill."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from content_preview_client.memory.state import State

ID = r"[a-f\d]{8}(?:-[a-f\d]{4}){3}-[a-f\d]{12}"


@dataclass(frozen=True)
class Request:
    """One request; `app` is whose token it came with, `json` its body where that is JSON."""

    method: str
    path: str
    query: Mapping[str, list[str]] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    json: Any = None
    app: str = ""

    def asked(self, name: str, default: str = "") -> str:
        """Return a parameter of the query."""
        return (self.query.get(name) or [default])[0] or default

    def many(self, name: str) -> list[str]:
        """Return a parameter that can stand several times, as `name[]` or `name`."""
        return self.query.get(f"{name}[]") or self.query.get(name) or []

    @property
    def payload(self) -> dict[str, Any]:
        """Return the JSON object of the body; an empty body is an empty object."""
        return self.json if isinstance(self.json, dict) else {}


@dataclass(frozen=True)
class Reply:
    """One answer; `json` None is an empty body."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Refused(Exception):
    """Ends a request with a refusal."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


Handler = Callable[..., Reply]
H = TypeVar("H", bound=Handler)
ROUTES: list[tuple[str, re.Pattern[str], Handler]] = []


def route(method: str, pattern: str) -> Callable[[H], H]:
    """Let a function answer a method at an address; `{name}` is an id, `{name*}` any path."""

    def add(handler: H) -> H:
        expression = re.sub(r"\{(\w+)\*\}", r"(?P<\1>/.*)", pattern)
        expression = re.sub(r"\{(\w+)\}", lambda name: rf"(?P<{name[1]}>{ID}|\d+)", expression)
        ROUTES.append((method, re.compile(expression), handler))
        return handler

    return add


def answer(state: State, request: Request) -> Reply:
    """Return what the first address that fits answers; 404 where none does."""
    fitting = [
        (method, handler, found.groupdict())
        for method, expression, handler in ROUTES
        if (found := expression.fullmatch(request.path))
    ]
    for method, handler, names in fitting:
        if method == request.method:
            return handler(state, request, **names)
    raise Refused(nothing(request.path, known=bool(fitting)))


def problem(status: int, slug: str, detail: str, **members: Any) -> Reply:
    """Return a refusal of the native API."""
    body = {"type": f"/api/problems/{slug}", "title": detail, "status": status, "detail": detail}
    return Reply(status, {**body, **members}, {"Content-Type": "application/problem+json"})


def command_error(
    code: int, message: str, error_code: str = "", fields: Mapping[str, Any] | None = None
) -> Reply:
    """Return a refusal of the Publishing API."""
    error: dict[str, Any] = {"code": code, "message": message}
    if error_code:
        error["error_code"] = error_code
    if fields is not None:
        error["fields"] = dict(fields)
    return Reply(code, {"error": error})


def nothing(path: str = "/api/", *, known: bool = False) -> Reply:
    """Return the refusal for what is not there, or not for this token."""
    if path.startswith("/api/"):
        if known:
            return problem(405, "method-not-allowed", "This method is not allowed here.")
        return problem(
            404, "not-found", "Check the address. What is not yours is not shown either."
        )
    return Reply(404, {"status": 404, "error": "Not Found"})
