"""How often somebody may try: counted in Redis for all processes, in this process without it.

Source: the `limits` library, moving window.
"""

from __future__ import annotations

import math
import time
from functools import cache

import redis
from django.conf import settings
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage, Storage
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry


@cache
def item(name: str) -> RateLimitItem:
    """Return a limit of the settings by its name."""
    return parse(settings.RATE_LIMITS[name])


@cache
def counted_in_redis() -> Storage:
    """Return the counters that all processes share."""
    pool = redis.ConnectionPool.from_url(
        settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    )
    return RedisStorage(settings.REDIS_URL, connection_pool=pool)


@cache
def counted_here() -> Storage:
    """Return counters of this process, for while Redis is away."""
    return MemoryStorage()


def seconds_to_wait(name: str, key: str) -> int:
    """Count a try of `key` against the limit `name`; 0 where it may go on, else seconds to wait."""
    try:
        return counted(counted_in_redis(), name, key)
    except (redis.RedisError, OSError):
        return counted(counted_here(), name, key)


def counted(storage: Storage, name: str, key: str) -> int:
    """Count a try in one storage."""
    limiter = MovingWindowRateLimiter(storage)
    if limiter.hit(item(name), name, key):
        return 0
    reset = limiter.get_window_stats(item(name), name, key).reset_time
    return max(1, math.ceil(reset - time.time()))
