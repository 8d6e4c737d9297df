"""A task that does nothing but say that it ran: the floor of every background flow."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings
from redis import Redis


@shared_task(name="benchmarks.nothing")
def nothing(key: str) -> None:
    with Redis.from_url(settings.REDIS_URL) as client:
        client.lpush(key, 1)
        client.expire(key, 60)
