"""How every call to another service is made: bounded in time, tried again, stopped when in vain.

The guard sits below the cache, in the adapter: what it refuses, the cache may still answer.

Source: RFC 9110 9.2.2 (idempotent methods); RFC 5861 (stale-if-error).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import pybreaker
import requests
import stamina
from requests.adapters import HTTPAdapter

from publishing_bridge.upstream import bounded

IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS"})
BAD_GATEWAY = 502
NUL = rb"\u0000"  # as JSON writes it; databases can't keep it


@dataclass(frozen=True)
class Limits:
    """Seconds to connect and to read, how often a call is tried, when calls stop for how long.

    `read` is from byte to byte; a whole answer may take `bounded.READS` times that.

    After `failures` in a row no call is made for `pause` seconds; then one is tried.
    """

    connect: float = 1.0
    read: float = 2.0
    attempts: int = 2
    failures: int = 4
    pause: float = 15.0


class Faulty(requests.RequestException):
    """An answer that is no answer: a server error, no JSON, or more than can be held."""


class GuardedAdapter(HTTPAdapter):
    """An adapter with time-outs, retries with jitter on idempotent calls, and a circuit breaker.

    `objects_only` is for what is cached: an answer of another kind must not take the place of what
    is known. `breaker` is one that it shares.
    """

    def __init__(
        self,
        name: str,
        limits: Limits,
        *,
        objects_only: bool = False,
        breaker: pybreaker.CircuitBreaker | None = None,
    ) -> None:
        super().__init__(pool_connections=4, pool_maxsize=16)
        self.poolmanager.pool_classes_by_scheme = bounded.POOLS
        self.limits, self.objects_only = limits, objects_only
        self.breaker = breaker or pybreaker.CircuitBreaker(
            fail_max=limits.failures, reset_timeout=limits.pause, name=name
        )

    def send(  # type: ignore[override]  # the settings are handed on by name
        self, request: requests.PreparedRequest, **settings: Any
    ) -> requests.Response:
        """Send a request; a faulty answer that stays so is an answer with status 502.

        Raises:
            requests.ConnectionError: no answer came, or the breaker is open.

        """
        settings["timeout"] = (self.limits.connect, self.limits.read)
        attempts = self.limits.attempts if request.method in IDEMPOTENT else 1
        try:
            for attempt in stamina.retry_context(
                on=requests.RequestException,
                attempts=attempts,
                wait_initial=0.05,
                wait_jitter=0.1,
                wait_max=0.5,
            ):
                with attempt:
                    return self.breaker.call(self.once, request, settings)
        except pybreaker.CircuitBreakerError as error:
            raise requests.ConnectionError(f"{self.breaker.name} does not answer") from error
        except Faulty as error:
            if error.response is None:
                raise requests.ConnectionError(str(error)) from error
            error.response.status_code = max(error.response.status_code, BAD_GATEWAY)
            return error.response
        raise AssertionError("unreachable: an attempt returns or raises")

    def once(
        self, request: requests.PreparedRequest, settings: dict[str, Any]
    ) -> requests.Response:
        """Send a request once.

        Raises:
            Faulty: the service answered with an error of its own, or with what is no JSON.

        """
        response = super().send(request, **settings)
        failed = response.status_code >= requests.codes.server_error
        if settings.get("stream") and not failed:
            return response
        if not bounded.read_whole(response):
            raise Faulty("an answer without end")
        if failed:
            raise Faulty(f"status {response.status_code}", response=response)
        if response.status_code == requests.codes.ok:
            value = checked_json(response)
            if self.objects_only and not isinstance(value, dict):
                raise Faulty("an answer that is no object", response=response)
        return response


def checked_json(response: requests.Response) -> Any:
    """Return the JSON of a body; refuse what is none, or none that can be kept.

    Raises:
        Faulty: with why.

    """
    try:
        value = orjson.loads(response.content)
    except orjson.JSONDecodeError as error:
        raise Faulty("an answer that is no JSON", response=response) from error
    if isinstance(value, dict | list) and bounded.too_deep(value):
        raise Faulty("an answer that is too deep", response=response)
    if NUL in response.content:
        raise Faulty("an answer with NUL characters", response=response)
    return value
