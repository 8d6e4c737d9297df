"""Many small answers at once: one look into Redis, and one round to the service for the rest.

Expanding five hundred links must not be five hundred reads of a cache. What a process has read it
keeps for as long as it counts as fresh: pages that follow one another ask for the same topics.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import orjson
import redis
from django.conf import settings

log = logging.getLogger(__name__)
MOST_IN_MEMORY = 10_000
KEPT = 24 * 60 * 60  # seconds: what is stale is better than nothing while the service is away


@dataclass(frozen=True)
class Fetched:
    """What a round brought: values (None: there is nothing), and keys that nobody answered."""

    values: Mapping[str, Any]
    failed: Collection[str] = ()


@cache
def connection() -> redis.Redis:
    """Return the process's connection pool to Redis, with short time-outs."""
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1)


Rows = dict[str, tuple[Any, float]]
"""Key → value (None: there is nothing) and when it was read, in seconds since 1970."""


def as_it_is(value: Any, read_at: datetime) -> Any:  # noqa: ARG001 (what others are made of)
    """Return a value as it is stored."""
    return value


class Batches:
    """A cache of JSON values under `name`; without Redis every round goes to the service.

    `make` turns a value and its time of reading into what is handed out: once for each reading, not
    once for each page. What is handed out is shared, so nobody changes it.
    """

    def __init__(self, name: str, make: Callable[[Any, datetime], Any] = as_it_is) -> None:
        self.name, self.make = f"live-content:{name}:", make
        self.memory: Rows = {}

    def get(self, keys: Collection[str], fetch: Callable[[list[str]], Fetched]) -> dict[str, Any]:
        """Return what is known for each key that has a value.

        Where the service does not answer, what it said before stands.
        """
        now = time.time()
        since = now - settings.LIVE_CONTENT_FRESH_SECONDS
        memory = self.memory
        found = {key: row for key in keys if (row := memory.get(key)) and row[1] > since}
        if len(found) < len(keys):
            read = self.read([key for key in dict.fromkeys(keys) if key not in found], now, fetch)
            self.remember(read)
            found = {key: row for key in keys if (row := found.get(key) or read.get(key))}
        return {key: value for key, (value, _) in found.items() if value is not None}

    def read(self, keys: list[str], now: float, fetch: Callable[[list[str]], Fetched]) -> Rows:
        """Return what Redis has of the keys, and what the service says of those that are due."""
        stored = self.stored(keys)
        since = now - settings.LIVE_CONTENT_FRESH_SECONDS
        if due := [key for key in keys if key not in stored or stored[key][1] <= since]:
            new = {key: (value, now) for key, value in fetch(due).values.items()}
            self.store(new)
            stored |= new
        moments = {at: datetime.fromtimestamp(at, UTC) for at in {at for _, at in stored.values()}}
        return {
            key: (None if value is None else self.make(value, moments[at]), at)
            for key, (value, at) in stored.items()
        }

    def remember(self, rows: Rows) -> None:
        """Keep values in this process too; when there are too many, begin again."""
        if len(self.memory) + len(rows) > MOST_IN_MEMORY:
            self.memory.clear()
        self.memory.update(rows)

    def stored(self, keys: list[str]) -> Rows:
        """Return what Redis has, as JSON."""
        try:
            rows: Any = connection().mget([self.name + key for key in keys])
        except redis.RedisError as error:
            log.warning("batches.no_cache", extra={"error_message": type(error).__name__})
            return {}
        found = {}
        for key, row in zip(keys, rows, strict=True):
            if row is not None:
                value, read_at = orjson.loads(row)
                found[key] = (value, read_at)
        return found

    def store(self, values: Rows) -> None:
        """Keep values for a day."""
        try:
            with connection().pipeline(transaction=False) as pipeline:
                for key, value in values.items():
                    pipeline.set(self.name + key, orjson.dumps(value), ex=KEPT)
                pipeline.execute()
        except redis.RedisError as error:
            log.warning("batches.not_kept", extra={"error_message": type(error).__name__})
