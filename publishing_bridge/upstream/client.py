"""One service over HTTP: a session with a cache that outlives the service's absence.

Source: alphagov/gds-api-adapters `lib/gds_api/json_client.rb`, for headers and their names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import redis
import requests
import requests_cache
from django.conf import settings
from django.utils import timezone
from requests_cache.backends.redis import RedisCache

from preview.ops.logging import request_id
from publishing_bridge.upstream.guarded import GuardedAdapter, Limits

log = logging.getLogger(__name__)
KEPT_WITHOUT_ANSWER = timedelta(days=1)
NOT_THERE = (404, 410)


class Away(Exception):
    """A service that does not answer, or not with what it should."""


@dataclass(frozen=True)
class Answer:
    """What a service said: `json` is None where it said that there is nothing."""

    json: Any
    read_at: datetime
    stale: bool = False


class Client:
    """JSON of one service; `root` is its address, `token` what it is shown."""

    def __init__(self, name: str, root: str, token: str = "", limits: Limits | None = None) -> None:
        self.name, self.root = name, root.rstrip("/")
        self.headers = {
            "Accept": "application/json",
            "User-Agent": "content-preview",
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }
        limits = limits or Limits()
        plain = GuardedAdapter(name, limits)
        cached = GuardedAdapter(name, limits, objects_only=True, breaker=plain.breaker)
        self.plain = self.ready(requests.Session(), plain)
        self.cached = self.ready(cached_session(name), cached)

    def ready(self, session: requests.Session, adapter: GuardedAdapter) -> requests.Session:
        """Return a session with headers and the guard."""
        session.headers.update(self.headers)
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session

    def get(self, path: str, params: Any = None, *, cached: bool = True) -> Answer:
        """Return what the service says, or said before where it does not answer.

        What `Batches` keeps is not `cached` a second time.

        Raises:
            Away: it does not answer and never did.

        """

        def ask(session: requests.Session) -> requests.Response:
            return session.get(self.root + path, params=params, headers=request_headers())

        try:
            response = ask(self.cached if cached else self.plain)
        except redis.RedisError:
            response = self.sent(lambda: ask(self.plain))
        except (requests.RequestException, ValueError) as error:
            raise self.away(error) from error
        return self.answer(response)

    def post(self, path: str, body: Any) -> Answer:
        """Return the answer to a question that is asked by POST; it is not cached here.

        Raises:
            Away: the service does not answer.

        """
        return self.answer(
            self.sent(
                lambda: self.plain.post(self.root + path, json=body, headers=request_headers())
            )
        )

    def close(self) -> None:
        """Close all connections."""
        self.plain.close()
        self.cached.close()

    def sent(self, send: Callable[[], requests.Response]) -> requests.Response:
        """Return a response.

        Raises:
            Away: none came.

        """
        try:
            return send()
        except requests.RequestException as error:
            raise self.away(error) from error

    def away(self, error: Exception) -> Away:
        """Return the error that says that the service does not answer, and log it."""
        log.warning("upstream.away", extra={"service": self.name, "error_message": repr(error)})
        return Away(self.name)

    def answer(self, response: requests.Response) -> Answer:
        """Read a response.

        Raises:
            Away: it is no answer.

        """
        read_at = getattr(response, "created_at", None) or timezone.now()
        read_at = read_at if read_at.tzinfo else read_at.replace(tzinfo=UTC)
        stale = bool(getattr(response, "is_expired", False))
        if response.status_code == NOT_THERE[0]:
            return Answer(None, read_at, stale)
        if not response.ok and response.status_code != NOT_THERE[1]:
            raise self.away(ValueError(f"status {response.status_code}"))
        try:
            return Answer(orjson.loads(response.content), read_at, stale)
        except ValueError as error:
            if response.status_code in NOT_THERE:
                return Answer(None, read_at, stale)
            raise self.away(error) from error


def request_headers() -> dict[str, str]:
    """Return the headers that hand on which request all this is for."""
    found = request_id.get()
    return {"govuk-request-id": found} if found else {}


def cached_session(name: str) -> requests_cache.CachedSession:
    """Return a session whose answers stay in Redis: fresh, then asked again, then better than none.

    An answer that has an ETag is asked for again with `If-None-Match`.
    """
    store = RedisCache(
        namespace=f"live-content:{name}",
        connection=redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1
        ),
        serializer="json",
        ttl_offset=int(KEPT_WITHOUT_ANSWER.total_seconds()),
    )
    return requests_cache.CachedSession(
        backend=store,
        expire_after=settings.LIVE_CONTENT_FRESH_SECONDS,
        stale_if_error=int(KEPT_WITHOUT_ANSWER.total_seconds()),
        allowable_codes=(200, *NOT_THERE),
        ignored_parameters=["Authorization", "govuk-request-id"],
    )
