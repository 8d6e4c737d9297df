"""One service over HTTP: time-outs always, retries where a repetition does no harm, errors by name.

Source: RFC 9110 section 9.2.2 (idempotent methods); RFC 6750 (bearer tokens);
alphagov/gds-api-adapters `lib/gds_api/json_client.rb` for headers and connect time-out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import stamina
from requests.adapters import BaseAdapter
from requests.auth import AuthBase
from urllib3.exceptions import MaxRetryError, NewConnectionError

from content_preview_client.errors import (
    InvalidArgument,
    ServiceAway,
    ServiceFault,
    TooManyRequests,
    UnexpectedAnswer,
)
from content_preview_client.refusals import refusal_of

CONTENT_ID = re.compile(r"[a-f\d]{8}-[a-f\d]{4}-[1-5][a-f\d]{3}-[89ab][a-f\d]{3}-[a-f\d]{12}")
UUID = re.compile(r"[a-f\d]{8}(-[a-f\d]{4}){3}-[a-f\d]{12}")
PASSING = (502, 503, 504)
Query = Mapping[str, Any]


@dataclass(frozen=True)
class Limits:
    """How long to wait and how often to try, in seconds.

    `connect` and `read` are for one attempt; `altogether` is the time after which no further
    attempt begins. The pause before attempt n is `first_pause` · 2ⁿ plus up to `jitter`, at most
    `longest_pause`; a `Retry-After` above `longest_pause` is not waited for.
    """

    connect: float = 4.0
    read: float = 20.0
    attempts: int = 4
    altogether: float = 45.0
    first_pause: float = 0.2
    longest_pause: float = 10.0
    jitter: float = 1.0


@dataclass(frozen=True)
class Call:
    """One request; `repeatable` says that sending it twice changes nothing more.

    `wait` is how long the service may take on purpose. `body` makes a streamed body anew for each
    attempt. `gone_is_done` takes a 404 of a repetition for the success whose answer got lost.
    """

    method: str
    path: str
    query: Query = field(default_factory=dict)
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], Iterable[bytes]] | None = None
    repeatable: bool = False
    wait: float = 0.0
    gone_is_done: bool = False


@dataclass(frozen=True)
class Answer:
    """A successful answer; `json` is None where there was no body."""

    status: int
    headers: Mapping[str, str]
    json: Any


class Bearer(AuthBase):
    """Shows the token; as `auth` it also keeps a `.netrc` file from replacing it."""

    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the header."""
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Transport:
    """Sends calls to the service at `root`; safe to share between the calls of one thread."""

    def __init__(
        self,
        root: str,
        token: str,
        *,
        limits: Limits | None = None,
        adapter: BaseAdapter | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if not root.startswith(("http://", "https://")):
            raise InvalidArgument(f"The address must start with https:// or http://, not {root!r}.")
        if not token.strip() or not token.isascii() or "\n" in token:
            raise InvalidArgument("A bearer token is needed: ask an operator for one.")
        self.root = root.rstrip("/")
        self.limits = limits or Limits()
        self.headers = dict(headers or {})
        self.session = requests.Session()
        self.session.auth = Bearer(token.strip())
        self.session.headers.update({"Accept": "application/json", "User-Agent": user_agent()})
        if adapter is not None:
            self.session.mount("http://", adapter)
            self.session.mount("https://", adapter)

    def __repr__(self) -> str:
        return f"Transport({self.root!r})"

    def with_headers(self, headers: Mapping[str, str]) -> Transport:
        """Return the same connections with more headers on every call."""
        other = object.__new__(Transport)
        other.__dict__.update(self.__dict__)
        other.headers = {**self.headers, **headers}
        return other

    def close(self) -> None:
        """Close all connections."""
        self.session.close()

    def send(self, call: Call) -> Answer:
        """Return the answer to a call, which is sent again where that is safe and may help.

        Raises:
            Refusal: the service said no.
            ServiceAway: no answer came.
            UnexpectedAnswer: what came is not of this API.

        """
        limits = self.limits
        attempts = stamina.retry_context(
            on=lambda error: worth_repeating(error, call, limits),
            attempts=limits.attempts,
            timeout=limits.altogether,
            wait_initial=limits.first_pause,
            wait_max=limits.longest_pause,
            wait_jitter=limits.jitter,
        )
        for attempt in attempts:
            with attempt:
                response = self.attempt(call)
                if call.gone_is_done and attempt.num > 1 and response.status_code == 404:
                    return Answer(204, response.headers, None)
                return answer_of(response)
        raise AssertionError("The last attempt returns or raises.")

    def attempt(self, call: Call) -> requests.Response:
        """Send a call once.

        Raises:
            ServiceAway: no answer came.

        """
        url = self.root + call.path
        try:
            return self.session.request(
                call.method,
                url,
                params=dict(call.query),
                json=call.json,
                data=call.body() if call.body else None,
                headers={**self.headers, **call.headers},
                timeout=(self.limits.connect, self.limits.read + call.wait),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise ServiceAway(call.method, url, why(error), sent=was_sent(error)) from error


def user_agent() -> str:
    """Return the name under which the client calls, with the app's where GOV.UK sets it."""
    app = os.environ.get("GOVUK_APP_NAME", "")
    return f"content-preview-client ({app})" if app else "content-preview-client"


def was_sent(error: requests.RequestException) -> bool:
    """Say whether the service may have seen the request: not where no connection was made."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return not isinstance(reason, NewConnectionError) and not isinstance(
        error, requests.ConnectTimeout
    )


def why(error: requests.RequestException) -> str:
    """Return in a few words what went wrong, without the address, which may hold secrets."""
    if isinstance(error, requests.ConnectTimeout):
        return "no connection within the time-out"
    if isinstance(error, requests.Timeout):
        return "no answer within the time-out"
    return type(error).__name__


def worth_repeating(error: Exception, call: Call, limits: Limits) -> bool | float:
    """Say whether to send a call again, or after how many seconds."""
    if isinstance(error, ServiceAway):
        return call.repeatable or not error.sent
    refused = isinstance(error, TooManyRequests)
    passing = isinstance(error, ServiceFault) and error.status in PASSING and call.repeatable
    if not (refused or passing):
        return False
    wanted = getattr(error, "retry_after", None)
    if wanted is None:
        return True
    return float(wanted) if wanted <= limits.longest_pause else False


def answer_of(response: requests.Response) -> Answer:
    """Read a response.

    Raises:
        Refusal: its status is 400 or above.
        UnexpectedAnswer: it is a redirect, or no JSON.

    """
    status = response.status_code
    if status >= 400:
        raise refusal_of(status, response.headers, json_or_none(response), response.text)
    if status >= 300:
        place = response.headers.get("Location", "elsewhere")
        raise UnexpectedAnswer(
            f"The service sent us to {place}. Check the address that the client was given.",
            status=status,
        )
    if not response.content:
        return Answer(status, response.headers, None)
    found = json_or_none(response)
    if found is None:
        raise UnexpectedAnswer(
            "The answer is no JSON. Check the address that the client was given.",
            status=status,
            body=response.text,
        )
    return Answer(status, response.headers, found)


def json_or_none(response: requests.Response) -> Any:
    """Return the body's JSON; None where it is none."""
    try:
        return response.json()
    except ValueError:
        return None


def checked_content_id(content_id: object) -> str:
    """Return a content id as text.

    Raises:
        InvalidArgument: it is none; the service would answer 404 and not say why.

    """
    text = str(content_id)
    if not CONTENT_ID.fullmatch(text):
        raise InvalidArgument(
            f"{text[:60]!r} is no content id: pass a lower-case UUID of version 1 to 5."
        )
    return text


def checked_id(found: object) -> str:
    """Return the id of a pack, link, rendering or asset as text.

    Raises:
        InvalidArgument: it is no UUID.

    """
    text = str(found).lower()
    if not UUID.fullmatch(text):
        raise InvalidArgument(f"{text[:60]!r} is no id: pass the one that the service gave you.")
    return text
