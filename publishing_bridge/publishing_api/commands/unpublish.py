"""Take a document away: gone, redirect, withdrawal or vanish.

Source: alphagov/publishing-api `app/commands/v2/unpublish.rb`, `app/models/unpublishing.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing_bridge.publishing_api import previews
from publishing_bridge.publishing_api.commanding import (
    check_version,
    locale_of,
    locked_document,
    record,
)
from publishing_bridge.publishing_api.commands.discard_draft import delete_draft
from publishing_bridge.publishing_api.commands.publish import set_times, supersede
from publishing_bridge.publishing_api.commands.put_content import time_of
from publishing_bridge.publishing_api.models import Document, Edition, Unpublishing
from publishing_bridge.publishing_api.routes import route_problems
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError, full_message

TYPES = ("gone", "redirect", "withdrawal", "vanish")


@transaction.atomic
def unpublish(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Unpublish the live edition, or with `allow_draft` the draft.

    Raises:
        CommandError: nothing is there to unpublish, a draft is in the way, the version is stale,
            or the unpublishing is not complete.

    """
    if payload.get("allow_draft") and payload.get("discard_drafts"):
        sentence = "allow_draft and discard_drafts cannot be used together"
        raise CommandError(422, sentence, fields={})
    document = locked_document(content_id, locale_of(payload))
    edition = unpublishable(document, allow_draft=bool(payload.get("allow_draft")))
    if edition is None:
        raise CommandError(404, "Could not find an edition to unpublish", fields={})
    check_version(payload, document.stale_lock_version)
    clear_draft(document, payload)
    check_unpublishing(payload)
    redirects = redirects_of(edition.base_path, payload)
    check_redirects(edition.base_path, payload, redirects)
    take_away(document, edition, payload, redirects)
    record("Unpublish", caller, payload, content_id)
    previews.unpublished(content_id, document.locale)
    return {"content_id": str(content_id)}


def unpublishable(document: Document, *, allow_draft: bool) -> Edition | None:
    """Return the edition that can be unpublished."""
    return document.draft if allow_draft else document.live


def clear_draft(document: Document, payload: Mapping[str, Any]) -> None:
    """Discard the draft where that is asked for; refuse where it is in the way."""
    draft = document.draft
    if draft is None or payload.get("allow_draft"):
        return
    if payload.get("discard_drafts") is not True:
        raise CommandError(422, "Cannot unpublish with a draft present", fields={})
    delete_draft(document, draft)


def check_unpublishing(payload: Mapping[str, Any]) -> None:
    """Refuse an unpublishing that is not complete.

    Raises:
        CommandError: with the platform's sentence.

    """
    kind = payload.get("type")
    if not kind:
        raise CommandError(422, "type is required", error_code="type_missing", fields={})
    if kind not in TYPES:
        sentence = f"{str(kind)[:60]} is not a valid unpublishing type"
        raise CommandError(422, sentence, fields={})
    if kind == "withdrawal" and not payload.get("explanation"):
        sentence = "Validation failed: Explanation can't be blank"
        raise CommandError(422, sentence, fields={})
    if kind == "redirect" and not (payload.get("alternative_path") or payload.get("redirects")):
        raise CommandError(422, "Validation failed: Redirects can't be blank", fields={})


def check_redirects(base_path: str | None, payload: Mapping[str, Any], redirects: Any) -> None:
    """Refuse a redirect that leads nowhere, or to where it comes from.

    Raises:
        CommandError: with every sentence of the platform.

    """
    if payload["type"] != "redirect" or base_path is None:
        return
    if not isinstance(redirects, list) or not all(isinstance(row, Mapping) for row in redirects):
        raise CommandError(422, "Validation failed: Redirects is invalid", fields={})
    problems = [*route_problems(base_path, (), redirects, redirects_only=True)]
    if problems:
        sentences = ", ".join(full_message(field, sentence) for field, sentence, _ in problems)
        raise CommandError(422, f"Validation failed: {sentences}", fields={})


def take_away(
    document: Document, edition: Edition, payload: Mapping[str, Any], redirects: Any
) -> None:
    """Put the unpublishing in the edition's place."""
    previous = document.live
    if edition.is_draft:
        if previous:
            supersede(previous)
        set_times(edition, previous, edition.update_type or "major")
    edition.state, edition.content_store = Edition.State.UNPUBLISHED, Edition.ContentStore.LIVE
    edition.auth_bypass_ids, edition.access_limited, edition.limited = [], {}, False
    edition.updated_at = timezone.now()
    edition.save()
    Unpublishing.objects.update_or_create(
        edition=edition,
        defaults={
            "type": payload["type"],
            "explanation": payload.get("explanation"),
            "alternative_path": payload.get("alternative_path"),
            "redirects": redirects,
            "unpublished_at": time_of(payload.get("unpublished_at")),
        },
    )


def redirects_of(base_path: str | None, payload: Mapping[str, Any]) -> Any:
    """Return where a redirect leads, for each path."""
    if payload["type"] == "redirect" and payload.get("alternative_path"):
        destination = payload["alternative_path"]
        return [{"path": base_path, "type": "exact", "destination": destination}]
    return payload.get("redirects")
