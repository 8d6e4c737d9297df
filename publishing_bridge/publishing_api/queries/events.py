"""The commands that changed a document.

Source: alphagov/publishing-api `app/queries/get_events.rb`.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.dateparse import parse_datetime

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Event
from publishing_bridge.publishing_api.presentation import moment_ms
from publishing_bridge.wire.errors import CommandError

MOST = 1000


def get_events(
    token: AppToken, content_id: uuid.UUID, action: str | None, since: str | None, until: str | None
) -> list[dict[str, Any]]:
    """Return the events of a content id that the token may read, oldest first, at most a thousand.

    Raises:
        CommandError: a time that is none.

    """
    events = Event.objects.readable_by(token).filter(content_id=content_id)
    if action:
        events = events.filter(action=action)
    if since:
        events = events.filter(created_at__gte=time_of("from", since))
    if until:
        events = events.filter(created_at__lte=time_of("to", until))
    return [
        {
            "id": one.pk,
            "action": one.action,
            "user_uid": one.user_uid,
            "created_at": moment_ms(one.created_at),
            "updated_at": moment_ms(one.updated_at),
            "request_id": one.request_id,
            "content_id": str(one.content_id),
            "payload": one.payload,
        }
        for one in events.order_by("created_at", "id")[:MOST]
    ]


def time_of(name: str, text: str) -> Any:
    """Read a time with its offset."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError(400, f"{name} is not a time: {text[:40]}")
    return found
