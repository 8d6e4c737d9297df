"""Waiting for a rendering to end: Redis wakes who waits, the database decides.

Without Redis the waiting goes on, by looking at the database four times a second.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import redis
from django.conf import settings
from redis.client import PubSub

from preview.rendering.models import Rendering

log = logging.getLogger(__name__)
LOOK_AGAIN = 1.0
LOOK_AGAIN_WITHOUT_REDIS = 0.25


@cache
def connection() -> redis.Redis:
    """Return the process's connection pool to Redis, with short time-outs."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=1, decode_responses=True
    )


def channel(version_id: int) -> str:
    """Return the name of the channel on which the end of a version's rendering is told."""
    return f"version-rendered:{version_id}"


def tell(version_id: int) -> None:
    """Wake those who wait for the version; nobody is harmed where Redis is away."""
    try:
        connection().publish(channel(version_id), "ended")
    except redis.RedisError as error:
        log.warning("waiting.not_told", extra={"error_message": type(error).__name__})


@contextmanager
def subscription(version_id: int) -> Iterator[PubSub | None]:
    """Give a subscription to the version's channel; None where Redis is away."""
    listener: PubSub | None = connection().pubsub(  # type: ignore[no-untyped-call]  # redis
        ignore_subscribe_messages=True
    )
    try:
        if listener is not None:
            listener.subscribe(channel(version_id))
    except redis.RedisError:
        listener = None
    try:
        yield listener
    finally:
        if listener is not None:
            listener.close()


def pause(listener: PubSub | None, seconds: float) -> None:
    """Wait until told, or until `seconds` are over; at most one look-again period."""
    if listener is not None:
        try:
            listener.get_message(timeout=min(seconds, LOOK_AGAIN))
            return
        except redis.RedisError:
            pass
    time.sleep(min(seconds, LOOK_AGAIN_WITHOUT_REDIS))


def wait_for_version(version_id: int, seconds: float) -> Rendering | None:
    """Return the version's newest rendering, once it has ended or `seconds` are over."""
    newest = Rendering.objects.filter(version_id=version_id).newest_first()
    rendering = newest.first()
    until = time.monotonic() + seconds
    if (rendering and rendering.ended) or seconds <= 0:
        return rendering
    with subscription(version_id) as listener:
        rendering = newest.first()
        while not (rendering and rendering.ended) and (left := until - time.monotonic()) > 0:
            pause(listener, left)
            rendering = newest.all().first()
    return rendering
