"""Forward a request to the real Publishing API and stream its answer back.

Source: RFC 9110 section 7.6.1, for the headers that end at each hop.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import requests
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException, Timeout
from urllib3.exceptions import HTTPError

from publishing_bridge.tee import keeping
from publishing_bridge.wire.answers import json_response

log = logging.getLogger(__name__)
CHUNK = 64 * 1024
HOPS = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
NOT_SENT = HOPS | {"host", "content-length", "expect", "cookie"}
NOT_RETURNED = HOPS | {"set-cookie"}
PREFIX = "/publishing-api"
local = threading.local()


class Body:
    """A request's body on its way: passed on piece by piece, kept up to a limit."""

    def __init__(self, request: HttpRequest, length: int) -> None:
        self.request = request
        self.length = length
        self.kept = bytearray()

    def __len__(self) -> int:
        return self.length

    def __iter__(self) -> Iterator[bytes]:
        while piece := self.read(CHUNK):
            yield piece

    def read(self, size: int = CHUNK) -> bytes:
        """Return the next piece."""
        piece: bytes = self.request.read(CHUNK if size is None or size < 0 else size)
        if len(self.kept) <= settings.MAX_DRAFT_BYTES:
            self.kept += piece
        return piece

    @property
    def whole(self) -> bytes | None:
        """Return what was passed on; None where it is larger than a draft can be."""
        return bytes(self.kept) if len(self.kept) <= settings.MAX_DRAFT_BYTES else None


class Forwarded(StreamingHttpResponse):
    """An answer of the real Publishing API; `after` is run once the client has it all."""

    def __init__(self, answer: requests.Response) -> None:
        super().__init__(pieces(answer), status=answer.status_code, reason=answer.reason)
        self.answer = answer
        self.after: list[Callable[[], Any]] = []

    def close(self) -> None:
        """End the answer, then do what had to wait for it."""
        super().close()
        self.answer.close()  # also where nobody read it
        waiting, self.after = self.after, []
        for do in waiting:
            do()


def session() -> requests.Session:
    """Return this thread's connections to the real Publishing API."""
    if not hasattr(local, "session"):
        made = requests.Session()
        made.trust_env = False
        made.mount("http://", HTTPAdapter(pool_maxsize=1))
        made.mount("https://", HTTPAdapter(pool_maxsize=1))
        local.session = made
    found: requests.Session = local.session
    return found


def forward(request: HttpRequest) -> HttpResponseBase:
    """Return the real Publishing API's answer: its status, headers and body.

    What it accepts is kept for the preview, whose failures never reach the caller.
    """
    started = time.perf_counter()
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    body = Body(request, length) if length else None
    try:
        answer = session().request(
            request.method or "GET",
            address_of(request),
            headers=headers_of(request),
            data=body,
            timeout=(settings.PUBLISHING_API_CONNECT_TIMEOUT, settings.PUBLISHING_API_READ_TIMEOUT),
            allow_redirects=False,
            stream=True,
        )
    except Timeout as error:
        return unreachable(error, 504, "did not answer in time")
    except RequestException as error:
        return unreachable(error, 502, "can't be reached")
    response = returned(answer)
    sent = body.whole if body else b""
    if answer.ok and isinstance(response, Forwarded):
        keeping.keep(request, sent, response.after.append)
    log.info("tee.forwarded", extra={"upstream_ms": round(1000 * (time.perf_counter() - started))})
    return response


def address_of(request: HttpRequest) -> str:
    """Return where the request goes: same path, same query, untouched."""
    raw = str(request.META.get("RAW_URI", ""))
    path = raw if raw.startswith("/") else request.get_full_path()
    path = path.removeprefix(PREFIX) if path.startswith(f"{PREFIX}/") else path
    return f"{settings.PUBLISHING_API_URL.rstrip('/')}{path}"


def headers_of(request: HttpRequest) -> dict[str, str | None]:
    """Return the request's headers but those that end here; the request id is always passed on.

    None takes away what the HTTP library would add by itself.
    """
    sent: dict[str, str | None] = {"Accept-Encoding": None, "Accept": None, "User-Agent": None}
    ending = NOT_SENT | named_hops(request.headers.get("Connection", ""))
    sent |= {name: value for name, value in request.headers.items() if name.lower() not in ending}
    sent["Govuk-Request-Id"] = getattr(request, "request_id", "")
    return sent


def named_hops(connection: str) -> set[str]:
    """Return the headers that `Connection` says end at this hop, but never who calls."""
    named = {name.strip().lower() for name in connection.split(",")}
    return named - {"", "authorization", "content-type"}


def returned(answer: requests.Response) -> Forwarded:
    """Return the answer as it came: the body is not decoded, its length is kept."""
    response = Forwarded(answer)
    del response.headers["Content-Type"]
    ending = NOT_RETURNED | named_hops(answer.headers.get("Connection", ""))
    for name, value in answer.headers.items():
        if name.lower() not in ending:
            response.headers[name] = value
    return response


def pieces(answer: requests.Response) -> Iterator[bytes]:
    """Give the answer's body as it arrives.

    Where it breaks off the connection to the client is broken off as well: half an answer must not
    look like a whole one.
    """
    try:
        yield from answer.raw.stream(CHUNK, decode_content=False)
    except HTTPError as error:
        log.warning("tee.answer_broke_off", extra={"error_message": type(error).__name__})
        raise


def unreachable(error: Exception, status: int, what: str) -> HttpResponse:
    """Return the answer for a Publishing API that gives none."""
    log.warning("tee.no_answer", extra={"error_message": type(error).__name__, "status": status})
    message = f"The Publishing API {what}. Send the request again."
    return json_response({"error": {"code": status, "message": message}}, status)
