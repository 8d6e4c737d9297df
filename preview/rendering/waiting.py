"""Waiting for a rendering to end: Redis wakes who waits, the database decides.

The end is told in a stream of one entry for each version, kept for a minute: who begins to wait
after it was told reads it all the same, on a connection that is open already. Without Redis the
waiting goes on, by looking at the database four times a second.
"""

from __future__ import annotations

import logging
import time
from functools import cache
from typing import Any

import redis
from django.conf import settings

from preview.rendering.models import Rendering

log = logging.getLogger(__name__)
LOOK_AGAIN = 1.0
LOOK_AGAIN_WITHOUT_REDIS = 0.25
KEPT = 60  # seconds: longer than anybody waits
FROM_THE_START = "0"


@cache
def connection() -> redis.Redis:
    """Return the process's connection pool to Redis, with short time-outs."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1, decode_responses=True
    )


def stream(version_id: int) -> str:
    """Return the name of the stream in which the end of a version's rendering is told."""
    return f"version-rendered:{version_id}"


def tell(version_id: int) -> None:
    """Wake those who wait for the version; nobody is harmed where Redis is away."""
    try:
        with connection().pipeline(transaction=False) as pipeline:
            pipeline.xadd(stream(version_id), {"ended": 1}, maxlen=1)
            pipeline.expire(stream(version_id), KEPT)
            pipeline.execute()
    except redis.RedisError as error:
        log.warning("waiting.not_told", extra={"error_message": type(error).__name__})


def pause(version_id: int, seen: str, seconds: float) -> str:
    """Wait for a telling after `seen`, one look-again period at most; return its id."""
    wait = min(seconds, LOOK_AGAIN)
    try:
        block = max(1, int(1000 * wait))  # 0 would mean for ever
        told: Any = connection().xread({stream(version_id): seen}, block=block)
    except redis.RedisError:
        time.sleep(min(wait, LOOK_AGAIN_WITHOUT_REDIS))
        return seen
    entries = [entry for _, found in told for entry in found]
    return str(entries[-1][0]) if entries else seen


def newest_rendering(version_id: int) -> Rendering | None:
    """Return the version's newest rendering by itself, with the draft at hand."""
    found = Rendering.objects.in_own_pack().select_related("version__draft")
    return found.filter(version_id=version_id).newest_first().first()


def wait_for_version(version_id: int, seconds: float) -> Rendering | None:
    """Return the version's newest rendering, once it has ended or `seconds` are over."""
    until = time.monotonic() + seconds
    seen = FROM_THE_START
    rendering = newest_rendering(version_id)
    while not (rendering and rendering.ended) and (left := until - time.monotonic()) > 0:
        seen = pause(version_id, seen, left)
        rendering = newest_rendering(version_id)
    return rendering
