"""Publish the live edition again; that undoes an unpublishing.

Source: alphagov/publishing-api `app/commands/v2/republish.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing_bridge.publishing_api.commanding import (
    check_version,
    locale_of,
    locked_document,
    record,
)
from publishing_bridge.publishing_api.models import Edition, Unpublishing
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError


@transaction.atomic
def republish(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Set the live edition to published.

    Raises:
        CommandError: there is no live edition, or the version is stale.

    """
    document = locked_document(content_id, locale_of(payload))
    live = document.live
    if live is None:
        sentence = (
            f"A live item with content_id {content_id} and locale {document.locale} does not exist"
        )
        raise CommandError(404, sentence, fields={})
    check_version(payload, document.stale_lock_version)
    Unpublishing.objects.filter(edition=live).delete()
    live.state, live.publishing_request_id = Edition.State.PUBLISHED, caller.request_id
    live.updated_at = timezone.now()
    live.save(update_fields=["state", "publishing_request_id", "updated_at"])
    record("Republish", caller, payload, content_id)
    return {"content_id": str(content_id)}
