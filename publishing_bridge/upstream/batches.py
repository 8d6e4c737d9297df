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


class Batches:
    """A cache of JSON values under `name`; without Redis every round goes to the service."""

    def __init__(self, name: str) -> None:
        self.name = f"live-content:{name}:"
        self.memory: dict[str, tuple[Any, float]] = {}

    def get(
        self, keys: Collection[str], fetch: Callable[[list[str]], Fetched]
    ) -> dict[str, tuple[Any, datetime]]:
        """Return value and time of reading for each key that has a value.

        Where the service does not answer, what it said before stands.
        """
        wanted = list(dict.fromkeys(keys))
        now = time.time()
        fresh = settings.LIVE_CONTENT_FRESH_SECONDS
        stored = self.remembered(wanted, now - fresh)
        stored |= self.stored([key for key in wanted if key not in stored])
        due = [key for key in wanted if key not in stored or now - stored[key][1] >= fresh]
        if due:
            fetched = fetch(due)
            new = {key: (value, now) for key, value in fetched.values.items()}
            self.store(new)
            stored |= new
        self.remember(stored)
        moments = {at: datetime.fromtimestamp(at, UTC) for at in {at for _, at in stored.values()}}
        return {
            key: (stored[key][0], moments[stored[key][1]])
            for key in wanted
            if key in stored and stored[key][0] is not None
        }

    def remembered(self, keys: list[str], since: float) -> dict[str, tuple[Any, float]]:
        """Return what this process has read itself, later than `since`."""
        known = {key: self.memory[key] for key in keys if key in self.memory}
        return {key: row for key, row in known.items() if row[1] > since}

    def remember(self, rows: Mapping[str, tuple[Any, float]]) -> None:
        """Keep values in this process too; when there are too many, begin again."""
        if len(self.memory) + len(rows) > MOST_IN_MEMORY:
            self.memory.clear()
        self.memory.update(rows)

    def stored(self, keys: list[str]) -> dict[str, tuple[Any, float]]:
        """Return what Redis has: key → value and when it was read."""
        if not keys:
            return {}
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

    def store(self, values: Mapping[str, tuple[Any, float]]) -> None:
        """Keep values for a day."""
        try:
            with connection().pipeline(transaction=False) as pipeline:
                for key, value in values.items():
                    pipeline.set(self.name + key, orjson.dumps(value), ex=KEPT)
                pipeline.execute()
        except redis.RedisError as error:
            log.warning("batches.not_kept", extra={"error_message": type(error).__name__})
