"""Delivering messages: signed, to public addresses only, again and again with longer waits.

Source: Standard Webhooks specification 1.0, “Deliverability and reliability” and “Server side
request forgery”.
"""

from __future__ import annotations

import time
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from preview.errors import AddressRefused
from preview.outbox.actions import end_delivery
from preview.outside import post
from preview.webhooks.actions import secret_of
from preview.webhooks.models import Attempt, Endpoint, Message
from preview.webhooks.signing import headers

# How long to wait after each failed try; after the last one a message is given up: a day and more.
WAITS = tuple(
    timedelta(seconds=one) for one in (5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
)
CLAIM = timedelta(minutes=2)
GONE = 410
BATCH = 50
GAVE_UP = "It did not take a message in {tries} tries over three days."
SAYS_GONE = "It answered that it is gone (410)."


def send_message(*, message_id: str, delivery_id: str = "") -> Attempt | None:
    """Try to deliver a message that is due; None for one that is over, not due, or being sent."""
    attempt = None
    if (message := claimed(uuid.UUID(message_id))) is not None:
        attempt = tried(message)
        ended(message, attempt)
    if delivery_id:
        end_delivery(delivery_id)
    return attempt


def send_due() -> int:
    """Try messages whose wait is over; return how many were tried."""
    due = Message.objects.filter(
        state=Message.State.WAITING, next_at__lte=timezone.now(), endpoint__disabled_at=None
    )
    ids = list(due.order_by("next_at").values_list("id", flat=True)[:BATCH])
    return sum(send_message(message_id=str(one)) is not None for one in ids)


def claimed(message_id: uuid.UUID) -> Message | None:
    """Take a message for one worker, by moving its next try away; None where another has it."""
    now = timezone.now()
    mine = Message.objects.filter(
        id=message_id,
        state=Message.State.WAITING,
        next_at__lte=now,
        endpoint__disabled_at=None,
    ).update(next_at=now + CLAIM)
    return Message.objects.select_related("endpoint__app").get(id=message_id) if mine else None


def tried(message: Message) -> Attempt:
    """Send a message once; return the attempt, which is not stored yet."""
    body, started = message.body.encode(), time.monotonic()
    signed = headers(secret_of(message.endpoint), str(message.id), int(time.time()), body)
    status, failure = None, ""
    try:
        status = post(message.endpoint.address, body, signed)
    except AddressRefused as error:
        failure = str(error)
    except OSError as error:
        failure = f"No answer: {type(error).__name__}"
    taken = round(1000 * (time.monotonic() - started))
    return Attempt(message=message, status=status, failure=failure[:200], milliseconds=taken)


@transaction.atomic
def ended(message: Message, attempt: Attempt) -> None:
    """Store how a try ended and what follows: done, the next try, or the end of the endpoint."""
    attempt.save()
    message.tries += 1
    if attempt.status is not None and 200 <= attempt.status < 300:
        message.state, message.next_at = Message.State.DELIVERED, None
    elif attempt.status == GONE:
        give_up(message, SAYS_GONE)
    elif message.tries > len(WAITS):
        give_up(message, GAVE_UP.format(tries=message.tries))
    else:
        message.next_at = timezone.now() + WAITS[message.tries - 1]
    message.save(update_fields=["state", "tries", "next_at"])


def give_up(message: Message, reason: str) -> None:
    """End a message, and the endpoint with it: it hears nothing until somebody enables it."""
    message.state, message.next_at = Message.State.GIVEN_UP, None
    Endpoint.objects.filter(id=message.endpoint_id, disabled_at=None).update(
        disabled_at=timezone.now(), disabled_reason=reason
    )
