"""Addresses that open nothing: forged links, frames that are not there, counted by their source.

Whoever guesses must cost no query and hardly any time. So they are counted in this process and
added to Redis once a second at most, in one hash for each hour, which alarms and metrics read.
Without Redis they are forgotten.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from threading import Lock

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

MOST_SOURCES = 10_000  # of one hour; the rest is counted together
OTHERS = "others"
KEPT = 3 * 60 * 60  # seconds
EVERY, MANY = 1.0, 50
AGAIN_AFTER = 10.0  # seconds, where Redis did not answer


class Misses:
    """What this process counted and has not added to Redis yet."""

    def __init__(self) -> None:
        self.lock, self.counts, self.due = Lock(), Counter[str](), 0.0
        self.client: redis.Redis | None = None

    def note(self, source: str) -> None:
        """Count a miss of a source."""
        with self.lock:
            known = source if source in self.counts or len(self.counts) < 1000 else OTHERS
            self.counts[known] += 1
            now = time.monotonic()
            ready = now >= self.due or (self.client and self.counts[known] % MANY == 0)
            if not ready:
                return
            counts, self.counts = self.counts, Counter()
            self.due = now + EVERY
        self.add(counts)

    def add(self, counts: Counter[str]) -> None:
        """Add counts to the hash of this hour."""
        try:
            found = self.connection()
            key = key_of(datetime.now(UTC))
            full = int(str(found.hlen(key))) >= MOST_SOURCES
            with found.pipeline(transaction=False) as pipe:
                for source, count in counts.items():
                    known = OTHERS if full and not found.hexists(key, source) else source
                    pipe.hincrby(key, known, count)
                pipe.expire(key, KEPT)
                pipe.execute()
        except (redis.RedisError, OSError):
            self.client, self.due = None, time.monotonic() + AGAIN_AFTER

    def connection(self) -> redis.Redis:
        """Return the connection, which waits for nobody long."""
        if self.client is None:
            self.client = redis.Redis.from_url(
                settings.REDIS_URL,
                decode_responses=True,
                socket_timeout=0.5,
                socket_connect_timeout=0.5,
                retry=Retry(NoBackoff(), 0),
            )
        return self.client

    def of_this_hour(self) -> dict[str, int]:
        """Return how often each source missed in this hour; nothing where Redis is away."""
        try:
            found = self.connection().hgetall(key_of(datetime.now(UTC)))
        except (redis.RedisError, OSError):
            self.client = None
            return {}
        rows = found.items() if isinstance(found, dict) else ()
        return {str(source): int(count) for source, count in rows}


def key_of(moment: datetime) -> str:
    """Return the key of an hour's hash."""
    return f"content-preview:misses:{moment:%Y-%m-%dT%H}"


MISSES = Misses()
