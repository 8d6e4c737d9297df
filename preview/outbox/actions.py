"""Recording events, sending their tasks, ending deliveries, and sending again what got lost."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from preview.outbox.models import Delivery

log = logging.getLogger(__name__)
SWEEP_BATCH = 500
LONGEST_WAIT = timedelta(minutes=15)


@dataclass(frozen=True)
class Listener:
    """A task by its name, and the queue on which it runs."""

    task: str
    queue: str


@cache
def listeners() -> dict[str, tuple[Listener, ...]]:
    """Return who listens to which topic, as `wiring.py` says."""
    found: dict[str, tuple[Listener, ...]] = import_string(settings.OUTBOX_ROUTES)
    return found


def record_event(
    topic: str,
    *,
    request_id: str = "",
    send_by: Callable[[Callable[[], Any]], Any] = transaction.on_commit,
    **payload: str | int | bool | None,
) -> None:
    """Record an event in the caller's transaction; its tasks are sent after the commit.

    `send_by` is given what sends them, for callers who can't wait for a broker: it must run it
    after the commit. What it does not run the sweeper sends.

    Raises:
        KeyError: a topic that `wiring.py` does not name.
        RuntimeError: no transaction is open.

    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction that makes it happen.")
    # The first sending happens right after the commit; the sweeper must not overtake it.
    send_after = timezone.now() + timedelta(seconds=settings.OUTBOX_RESEND_AFTER)
    deliveries = [
        Delivery(
            topic=topic,
            task=listener.task,
            queue=listener.queue,
            payload=payload,
            request_id=request_id,
            send_after=send_after,
        )
        for listener in listeners()[topic]
    ]
    Delivery.objects.bulk_create(deliveries)
    for delivery in deliveries:
        send_by(partial(publish, delivery))


def publish(delivery: Delivery) -> bool:
    """Hand a delivery to the broker; False when the broker can't be reached (it is sent later)."""
    try:
        current_app.send_task(
            delivery.task,
            kwargs={"delivery_id": str(delivery.id), **delivery.payload},
            queue=delivery.queue,
            headers={"govuk_request_id": delivery.request_id},
            retry=False,
        )
    except (OperationalError, OSError) as error:
        log.warning("outbox.broker_unreachable", extra={"error_message": type(error).__name__})
        Delivery.objects.filter(id=delivery.id, done_at=None).update(send_after=timezone.now())
        return False
    return True


def send_again() -> int:
    """Send the deliveries that are due and not done; return how many the broker took.

    The wait doubles with each sending, from `OUTBOX_RESEND_AFTER` seconds up to 15 minutes. Two
    sweepers at once are harmless: every task can run twice.
    """
    now = timezone.now()
    taken = 0
    due = Delivery.objects.filter(done_at=None, send_after__lte=now).order_by("send_after")
    for delivery in due[:SWEEP_BATCH]:
        if not publish(delivery):
            break
        wait = timedelta(seconds=settings.OUTBOX_RESEND_AFTER) * 2 ** min(delivery.sends, 10)
        Delivery.objects.filter(id=delivery.id, done_at=None).update(
            sends=delivery.sends + 1, send_after=now + min(wait, LONGEST_WAIT)
        )
        taken += 1
    return taken


def end_delivery(delivery_id: str) -> None:
    """Mark a delivery as done; a second call changes nothing."""
    Delivery.objects.filter(id=uuid.UUID(delivery_id), done_at=None).update(done_at=timezone.now())


def hold_back(delivery_id: str, *, seconds: int) -> bool:
    """Keep the sweeper off a delivery while its long task runs; False where it has ended."""
    waiting = Delivery.objects.filter(id=uuid.UUID(delivery_id), done_at=None)
    return bool(waiting.update(send_after=timezone.now() + timedelta(seconds=seconds)))


def purge_done(*, older_than: timedelta = timedelta(days=7)) -> int:
    """Delete deliveries that ended longer ago than `older_than`; return how many."""
    count, _ = Delivery.objects.filter(done_at__lt=timezone.now() - older_than).delete()
    return count
