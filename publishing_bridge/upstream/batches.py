"""Many small answers at once: one look into Redis, and one round to the service for the rest.

Expanding five hundred links must not be five hundred reads of a cache.
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

    def get(
        self, keys: Collection[str], fetch: Callable[[list[str]], Fetched]
    ) -> dict[str, tuple[Any, datetime]]:
        """Return value and time of reading for each key that has a value.

        Where the service does not answer, what it said before stands.
        """
        wanted = list(dict.fromkeys(keys))
        stored = self.stored(wanted)
        now = time.time()
        fresh = settings.LIVE_CONTENT_FRESH_SECONDS
        due = [key for key in wanted if key not in stored or now - stored[key][1] >= fresh]
        if due:
            fetched = fetch(due)
            new = {key: (value, now) for key, value in fetched.values.items()}
            self.store(new)
            stored |= new
        return {
            key: (stored[key][0], datetime.fromtimestamp(stored[key][1], UTC))
            for key in wanted
            if key in stored and stored[key][0] is not None
        }

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
