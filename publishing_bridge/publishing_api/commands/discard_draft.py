"""Discard a draft.

Source: alphagov/publishing-api `app/commands/v2/discard_draft.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from publishing_bridge.publishing_api import paths, previews
from publishing_bridge.publishing_api.commanding import (
    check_version,
    locale_of,
    locked_document,
    record,
)
from publishing_bridge.publishing_api.models import Document, Edition
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError


@transaction.atomic
def discard_draft(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Delete the document's draft; what is live stays.

    Raises:
        CommandError: there is no draft (422 where the document is live), or the version is stale.

    """
    document = locked_document(content_id, locale_of(payload))
    draft = document.draft
    if draft is None:
        raise CommandError(
            422 if document.live else 404,
            "There is not a draft edition of this document to discard",
            error_code="no_draft_to_discard",
        )
    check_version(payload, document.stale_lock_version)
    delete_draft(document, draft)
    record("DiscardDraft", caller, payload, content_id)
    return {"content_id": str(content_id)}


def delete_draft(document: Document, draft: Edition) -> None:
    """Delete a draft with its path reservation and, where it has one, its redirect."""
    live = document.live
    draft.delete()
    if live and live.base_path and live.base_path != draft.base_path:
        Edition.objects.at_path(live.base_path, Edition.ContentStore.DRAFT).filter(
            schema_name="redirect"
        ).delete()
    paths.release_unused(draft.base_path)
    document.stale_lock_version += 1
    document.save(update_fields=["stale_lock_version"])
    previews.content_discarded(document.content_id, document.locale)
