"""Say when content will be published; the content store lets caches go in time.

Source: alphagov/publishing-api `app/commands/put_publish_intent.rb`,
`app/commands/delete_publish_intent.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from publishing_bridge.content_store import publish_intents
from publishing_bridge.publishing_api import paths
from publishing_bridge.publishing_api.commanding import record
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError


@transaction.atomic
def put_publish_intent(
    *, caller: Caller, base_path: str, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Keep an intent and reserve its path; the answer echoes what was sent."""
    paths.reserve(base_path, payload.get("publishing_app"))
    try:
        publish_intents.put_intent(base_path=base_path, payload=payload)
    except publish_intents.InvalidIntent as error:
        raise CommandError(
            422, str(error), error_code="content_store_validation_failed", fields=error.fields
        ) from error
    record("PutPublishIntent", caller, {**payload, "base_path": base_path})
    return dict(payload)


@transaction.atomic
def delete_publish_intent(*, caller: Caller, base_path: str) -> bool:
    """Delete the intent of a path; False where there is none."""
    found = publish_intents.delete_intent(base_path=base_path)
    if found:
        record("DeletePublishIntent", caller, {"base_path": base_path})
    return found
