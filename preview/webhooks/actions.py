"""What can be done with webhooks: add an endpoint, end or enable it, announce, deliver again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

import orjson
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone

from preview.accounts.models import PublisherApp
from preview.audit.actions import record_entry
from preview.errors import InvalidEndpoint
from preview.mail import sealing
from preview.outbox.actions import end_delivery, record_event
from preview.outbox.models import Delivery
from preview.webhooks.models import Endpoint, Message
from preview.webhooks.signing import new_secret
from preview.webhooks.topics import EVENTS, TOPICS

MOST_ENDPOINTS = 20


@dataclass(frozen=True)
class NewEndpoint:
    """An endpoint just made; `secret` is shown once and stored sealed."""

    endpoint: Endpoint
    secret: str


@transaction.atomic
def add_endpoint(
    *, app: PublisherApp, address: str, topics: list[str], description: str = "", actor: str = ""
) -> NewEndpoint:
    """Let an app hear of topics at an address.

    Whether the address is a public one is looked at each time something is sent: a name may point
    elsewhere by then.

    Raises:
        InvalidEndpoint: an address or a topic that can't be used; names the field.

    """
    checked(address, topics, description)
    if Endpoint.objects.filter(app=app).count() >= MOST_ENDPOINTS:
        raise InvalidEndpoint("address", f"An app has at most {MOST_ENDPOINTS} webhooks.")
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        app=app,
        address=address,
        topics=sorted(set(topics)),
        description=description.strip(),
        sealed=sealing.seal({"secret": secret}),
    )
    note("webhook.create", endpoint, actor)
    return NewEndpoint(endpoint, secret)


def checked(address: str, topics: list[str], description: str) -> None:
    """Accept an address, topics and a description.

    Raises:
        InvalidEndpoint: one that can't be used.

    """
    try:
        parts = urlsplit(address)
        fits = parts.port in (None, 443) and parts.username is None
    except ValueError:
        raise InvalidEndpoint("address", "address is not an address. Send one.") from None
    if parts.scheme != "https" or not parts.hostname or not fits or len(address) > 500:
        raise InvalidEndpoint(
            "address", "address must start with https://, name a host and use port 443."
        )
    unknown = sorted(set(topics) - set(TOPICS))
    if unknown or not topics:
        raise InvalidEndpoint("topics", f"topics must be some of: {', '.join(TOPICS)}.")
    if len(description) > 120:
        raise InvalidEndpoint("description", "description must be 120 characters or fewer.")


def secret_of(endpoint: Endpoint) -> str:
    """Return the secret that signs what an endpoint is sent."""
    return str(sealing.unseal(bytes(endpoint.sealed))["secret"])


@transaction.atomic
def remove_endpoint(*, endpoint: Endpoint, actor: str = "") -> None:
    """Take an endpoint away, with its log."""
    note("webhook.remove", endpoint, actor)
    endpoint.delete()


@transaction.atomic
def enable_endpoint(*, endpoint: Endpoint, actor: str = "") -> Endpoint:
    """Let a disabled endpoint hear again; what it missed can be redelivered."""
    if endpoint.disabled_at is not None:
        endpoint.disabled_at, endpoint.disabled_reason = None, ""
        endpoint.save(update_fields=["disabled_at", "disabled_reason"])
        note("webhook.enable", endpoint, actor)
    return endpoint


def note(action: str, endpoint: Endpoint, actor: str) -> None:
    """Record in the trail what was done to an endpoint."""
    record_entry(
        action=action,
        actor=actor or f"app:{endpoint.app.name}",
        subject=f"webhook:{endpoint.id}",
    )


@transaction.atomic
def announce(*, delivery_id: str, **payload: object) -> list[Message]:
    """Write the messages of an event for the endpoints that want it; a second call writes none."""
    delivery = Delivery.objects.filter(id=uuid.UUID(delivery_id)).first()
    wanted = EVENTS.get(delivery.topic) if delivery else None
    messages = write(uuid.UUID(delivery_id), wanted, payload) if wanted else []
    for message in messages:
        record_event("webhook.written", message_id=str(message.id))
    end_delivery(delivery_id)
    return messages


def write(source: uuid.UUID, name: str, payload: dict[str, object]) -> list[Message]:
    """Store a message for each endpoint; what the event is about may be gone by now."""
    if not Endpoint.objects.filter(disabled_at=None).exists():
        return []
    try:
        told = TOPICS[name](dict(payload))
    except ObjectDoesNotExist:
        return []
    now = timezone.now()
    body = {"type": name, "timestamp": now.isoformat(), "data": told.data}
    text = orjson.dumps(body).decode()
    hearing = Endpoint.objects.filter(app__in=told.apps, disabled_at=None)
    written = []
    for endpoint in hearing:
        if name in endpoint.topics:
            message, created = Message.objects.get_or_create(
                endpoint=endpoint,
                source=source,
                defaults={
                    "topic": name,
                    "body": text,
                    "next_at": now,
                    "draft": told.draft,
                    "pack": told.pack,
                },
            )
            written += [message] if created else []
    return written


@transaction.atomic
def redeliver(*, message: Message) -> Message:
    """Send a message again, at once and with a fresh row of tries."""
    message.state, message.tries = Message.State.WAITING, 0
    message.next_at = timezone.now()
    message.save(update_fields=["state", "tries", "next_at"])
    record_event("webhook.written", message_id=str(message.id))
    return message
