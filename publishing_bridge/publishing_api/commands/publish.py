"""Publish a draft.

Source: alphagov/publishing-api `app/commands/v2/publish.rb`, `app/models/edition/timestamps.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Never

from django.db import transaction
from django.utils import timezone

from publishing_bridge.publishing_api import previews
from publishing_bridge.publishing_api.commanding import (
    check_version,
    locale_of,
    locked_document,
    record,
)
from publishing_bridge.publishing_api.commands.redirects import draft_redirect_at
from publishing_bridge.publishing_api.commands.substitution import clear_live
from publishing_bridge.publishing_api.models import Document, Edition
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError

UPDATE_TYPES = ("major", "minor", "republish", "links", "content_block")


@transaction.atomic
def publish(*, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Publish the document's draft; the edition before it is superseded.

    Raises:
        CommandError: there is no draft, no update type, or the version is stale.

    """
    document = locked_document(content_id, locale_of(payload))
    draft = document.draft
    if draft is None:
        refuse_absent(document)
    sent = payload.get("update_type")
    update_type = checked_update_type(draft.update_type if sent is None else sent)
    check_version(payload, document.stale_lock_version)
    put_live(document, draft, update_type, caller)
    record("Publish", caller, payload, content_id)
    previews.content_published(content_id, document.locale)
    return {"content_id": str(content_id)}


def refuse_absent(document: Document) -> Never:
    """Refuse to publish where there is no draft."""
    if document.editions.filter(state=Edition.State.PUBLISHED).exists():
        raise CommandError(409, "Cannot publish an already published edition", fields={})
    sentence = (
        f"Item with content_id {document.content_id} and locale {document.locale} does not exist"
    )
    raise CommandError(404, sentence, fields={})


def checked_update_type(update_type: Any) -> str:
    """Return an update type; refuse one that is absent or unknown."""
    if not update_type:
        raise CommandError(422, "update_type is required", fields={"update_type": ["is invalid"]})
    if update_type not in UPDATE_TYPES:
        listed = ", ".join(f'"{one}"' for one in UPDATE_TYPES)
        raise CommandError(
            422,
            f"An update_type of '{str(update_type)[:60]}' is invalid",
            fields={"update_type": [f"must be one of [{listed}]"]},
        )
    return str(update_type)


def put_live(document: Document, draft: Edition, update_type: str, caller: Caller) -> None:
    """Turn a draft into the live edition, with its redirects and times."""
    previous = document.live
    if previous:
        supersede(previous)
    if draft.base_path:
        clear_live(document, draft)
        if previous and previous.base_path and previous.base_path != draft.base_path:
            publish_redirect(previous.base_path, caller)
    set_times(draft, previous, update_type)
    draft.update_type = draft.update_type or update_type
    if update_type not in ("major", "content_block"):
        draft.change_note = None
    draft.state, draft.content_store = Edition.State.PUBLISHED, Edition.ContentStore.LIVE
    draft.auth_bypass_ids, draft.access_limited, draft.limited = [], {}, False
    draft.publishing_request_id = caller.request_id
    draft.save()


def supersede(edition: Edition) -> None:
    """Take an edition out of the live content store."""
    edition.state, edition.content_store = Edition.State.SUPERSEDED, None
    edition.updated_at = timezone.now()
    edition.save(update_fields=["state", "content_store", "updated_at"])


def publish_redirect(old_path: str, caller: Caller) -> None:
    """Publish the draft redirect of a path that the document left."""
    found = draft_redirect_at(old_path)
    if found:
        put_live(found.document, found, "major", caller)


def set_times(draft: Edition, previous: Edition | None, update_type: str) -> None:
    """Set the times of an edition that goes live."""
    now = timezone.now()
    draft.publishing_api_first_published_at = draft.publishing_api_first_published_at or now
    draft.first_published_at = draft.first_published_at or now
    draft.published_at = draft.updated_at = now
    if update_type == "major":
        draft.major_published_at = now
        draft.public_updated_at = draft.public_updated_at or now
    else:
        draft.major_published_at = previous.major_published_at if previous else None
        earlier = previous.public_updated_at if previous else None
        draft.public_updated_at = draft.public_updated_at or earlier or draft.first_published_at
