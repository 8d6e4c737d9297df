"""What commands have in common: the record of their success, the locked document, its version."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from publishing_bridge.publishing_api.models import Document, Event
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError, refuse_stale


def record(
    action: str, caller: Caller, payload: Mapping[str, Any], content_id: uuid.UUID | None = None
) -> Event:
    """Record a command that succeeded, in its own transaction."""
    kept = {**payload, **({"content_id": str(content_id)} if content_id else {})}
    return Event.objects.create(
        action=action,
        content_id=content_id,
        payload=kept,
        user_uid=caller.user_uid or None,
        request_id=caller.request_id or None,
        sent_by=caller.app.name,
        limited=bool(payload.get("access_limited")),
    )


def locked_document(content_id: uuid.UUID, locale: str) -> Document:
    """Return the document, made where it is new, locked until the transaction ends."""
    Document.objects.bulk_create(
        [Document(content_id=content_id, locale=locale)], ignore_conflicts=True
    )
    return Document.objects.select_for_update().get(content_id=content_id, locale=locale)


def locale_of(payload: Mapping[str, Any]) -> str:
    """Return the locale that a command is about."""
    locale = payload.get("locale") or "en"
    if not isinstance(locale, str) or len(locale) > 16:
        raise CommandError(422, "Locale must be a supported locale", error_code="validation_failed")
    return locale


def check_version(payload: Mapping[str, Any], current: int) -> None:
    """Refuse a `previous_version` that is not the current one; absent means no check."""
    sent = payload.get("previous_version")
    if sent is None:
        return
    number = as_number(sent)
    if number != current:
        refuse_stale(number, current)


def as_number(sent: Any) -> int:
    """Read a version as Ruby's `to_i` does: leading digits count, anything else is 0."""
    text = str(sent).strip()
    digits = ""
    for letter in text[:18]:
        if not letter.isascii() or not letter.isdigit():
            break
        digits += letter
    return int(digits or "0")
