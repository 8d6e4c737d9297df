"""What waits: in the broker's queues, and in the outbox, which knows also while the broker is away.

Source: kombu `kombu/transport/redis.py` (a queue is a list of its name).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import redis
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.outbox.actions import listeners, publish
from preview.outbox.models import Delivery

STUCK_AFTER = 3  # sends without an end
MOST_AT_ONCE = 500
WAIT = 1  # seconds for the broker to answer


@dataclass(frozen=True)
class Queue:
    """A queue: `depth` in the broker (None where it is away), what is not done, since when."""

    name: str
    depth: int | None
    not_done: int = 0
    oldest: datetime | None = None


def queues() -> list[Queue]:
    """Return every queue that a task listens on, by name; one query and one question to Redis."""
    names = {"default"} | {one.queue for found in listeners().values() for one in found}
    rows = Delivery.objects.filter(done_at=None).values_list("queue").order_by()
    waiting = {name: rest for name, *rest in rows.annotate(Count("pk"), Min("recorded_at"))}
    wanted = sorted(names | set(waiting))
    found = depths(wanted)
    return [Queue(name, found.get(name), *waiting.get(name, (0, None))) for name in wanted]


def depths(names: Sequence[str]) -> dict[str, int]:
    """Return how many tasks wait in each queue; nothing where the broker does not answer."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=WAIT, socket_connect_timeout=WAIT
        ) as broker:
            asked = broker.pipeline(transaction=False)
            for name in names:
                asked.llen(name)
            return dict(zip(names, asked.execute(), strict=True))
    except (redis.RedisError, OSError):
        return {}


def stuck() -> QuerySet[Delivery]:
    """Return deliveries that were sent several times and never ended, the oldest first."""
    return Delivery.objects.filter(done_at=None, sends__gte=STUCK_AFTER).order_by("recorded_at")


def send_now(*, ids: Iterable[UUID], actor: str) -> tuple[int, int]:
    """Send deliveries that are not done before the sweeper would; return how many went, and stay.

    What has ended meanwhile counts as neither. Every task is safe to run twice.
    """
    wanted = list(Delivery.objects.filter(id__in=list(ids)[:MOST_AT_ONCE], done_at=None))
    with transaction.atomic():
        for delivery in wanted:
            subject = f"delivery:{delivery.id}"
            record_entry(action="delivery.send", actor=actor, subject=subject, topic=delivery.topic)
    sent = 0
    for delivery in wanted:
        if not publish(delivery):
            break
        sent += 1
    Delivery.objects.filter(id__in=[one.id for one in wanted[sent:]], done_at=None).update(
        send_after=timezone.now()
    )
    return sent, len(wanted) - sent
