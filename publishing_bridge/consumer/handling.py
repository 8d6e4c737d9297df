"""What a message of `published_documents` means for drafts.

Source: alphagov/publishing-api `docs/rabbitmq.md`, `app/presenters/edition_presenter.rb`
(`for_message_queue`), `app/sidekiq/downstream_live_job.rb`.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from preview.drafts.models import Draft
from publishing_bridge.consumer.models import HandledMessage
from publishing_bridge.publishing_api import previews

log = logging.getLogger(__name__)
ACTOR = "bridge:published_documents"
KEPT_FOR = timedelta(days=90)
COMPARED = ("title", "description", "base_path", "document_type")


@dataclass(frozen=True)
class Message:
    """A message: its identity, its event, and the document as it is live now."""

    content_id: uuid.UUID
    locale: str
    payload_version: int
    routing_key: str
    body: Mapping[str, Any]

    @property
    def event(self) -> str:
        """Return the last part of the routing key, such as major, links or unpublish."""
        return self.routing_key.rpartition(".")[2]


class UnusableMessage(Exception):
    """A message without an identity; nothing can be done with it, now or later."""


def message_of(body: Any, routing_key: str) -> Message:
    """Return what was delivered as a message.

    Raises:
        UnusableMessage: it is no document, or lacks content id or payload version.

    """
    if not isinstance(body, Mapping):
        raise UnusableMessage("The body is no JSON object.")
    try:
        content_id = uuid.UUID(str(body["content_id"]))
        version = int(body["payload_version"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnusableMessage("content_id or payload_version is missing.") from error
    return Message(content_id, str(body.get("locale") or "en")[:16], version, routing_key, body)


@transaction.atomic
def handle(message: Message) -> bool:
    """End what the message says is live; return False where it was handled before.

    The message is remembered in the same transaction: a consumer that is killed before it can tell
    the broker gets the message again, and then nothing changes.
    """
    _, new = HandledMessage.objects.get_or_create(
        content_id=message.content_id,
        locale=message.locale,
        payload_version=message.payload_version,
        defaults={"routing_key": message.routing_key[:255]},
    )
    if new:
        HANDLERS.get(message.event, ignore)(message)
    return new


def published(message: Message) -> None:
    """End the content draft, unless it was sent after what is live."""
    previews.content_published(message.content_id, message.locale, ACTOR)


def republished(message: Message) -> None:
    """End the content draft where it is what was published; a mere repetition ends nothing."""
    for draft in previews.open_drafts(message.content_id, message.locale, Draft.Kind.CONTENT):
        sent = draft.versions.get(number=draft.version_number).content()
        if all(sent.get(name) == message.body.get(name) for name in COMPARED) and as_sent(
            sent.get("details") or {}
        ) == as_sent(message.body.get("details") or {}):
            previews.content_published(message.content_id, message.locale, ACTOR)


def as_sent(value: Any) -> Any:
    """Return details without the HTML that the platform put into them."""
    if isinstance(value, Mapping):
        return {name: as_sent(child) for name, child in value.items() if name != "change_history"}
    if isinstance(value, list):
        return [
            as_sent(row) for row in value if not (isinstance(row, Mapping) and "rendered_by" in row)
        ]
    return value


def links_changed(message: Message) -> None:
    """End the proposal of links where the live links are what it proposes."""
    links = message.body.get("links")
    previews.links_changed(message.content_id, links if isinstance(links, Mapping) else {}, ACTOR)


def unpublished(message: Message) -> None:
    """End the proposal to unpublish, and the content draft."""
    previews.unpublished(message.content_id, message.locale, ACTOR)


def ignore(message: Message) -> None:
    """Do nothing about an event that says nothing of drafts."""
    log.info("consumer.ignored", extra={"routing_key": message.routing_key})


HANDLERS: dict[str, Callable[[Message], None]] = {
    "major": published,
    "minor": published,
    "content_block": published,
    "republish": republished,
    "links": links_changed,
    "unpublish": unpublished,
}


def purge_messages() -> int:
    """Forget messages older than 90 days; return how many."""
    old = timezone.now() - KEPT_FOR
    count, _ = HandledMessage.objects.filter(handled_at__lt=old).delete()
    return count
