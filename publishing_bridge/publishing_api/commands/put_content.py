"""Make or change the draft edition of a document.

Source: alphagov/publishing-api `app/commands/v2/put_content.rb`,
`app/models/create_draft_edition.rb`, `app/models/update_existing_draft_edition.rb`,
`app/models/edition/timestamps.rb`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from publishing_bridge.publishing_api import paths, previews
from publishing_bridge.publishing_api.commanding import (
    check_version,
    locale_of,
    locked_document,
    record,
)
from publishing_bridge.publishing_api.commands.redirects import draft_redirect
from publishing_bridge.publishing_api.commands.substitution import clear_drafts
from publishing_bridge.publishing_api.models import (
    ContentIdAlias,
    Document,
    Edition,
    Link,
    as_uuid,
)
from publishing_bridge.publishing_api.presentation import present
from publishing_bridge.publishing_api.schema_errors import check_schema
from publishing_bridge.publishing_api.validity import check_app, check_record
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError, RecordInvalid
from publishing_bridge.wire.govspeak_details import with_html

EMBED = re.compile(r"\{\{embed:[a-z_]+:([a-f\d]{8}(?:-[a-f\d]{4}){3}-[a-f\d]{12})[^}]*\}\}")
COPIED: dict[str, Any] = {
    "base_path": None,
    "title": None,
    "description": None,
    "schema_name": "",
    "document_type": "",
    "details": {},
    "routes": [],
    "redirects": [],
    "auth_bypass_ids": [],
    "phase": "live",
    "update_type": None,
    "analytics_identifier": None,
    "publishing_app": "",
    "rendering_app": None,
    "last_edited_by_editor_id": None,
}


def put_content(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Save what was sent as the document's draft; return it as it is presented.

    Fields that were not sent go back to their defaults.

    Raises:
        CommandError: it does not conform, its path is taken, or it is stale.

    """
    check_schema(payload, settings.CONTENT_SCHEMAS_PATH)
    check_app(payload)
    with transaction.atomic():
        edition = save(caller, content_id, payload)
        record("PutContent", caller, payload, content_id)
        previews.content_saved(caller, content_id, payload)
    return present(edition, warnings=True)


def save(caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]) -> Edition:
    """Write the draft edition and all that goes with it, in the caller's transaction."""
    base_path, publishing_app = payload.get("base_path"), payload["publishing_app"]
    document = locked_document(content_id, locale_of(payload))
    if base_path is not None:
        paths.reserve(base_path, publishing_app)
    check_record(payload)
    draft, live = document.draft, document.live
    if draft:
        check_version(payload, document.stale_lock_version)
        if draft.base_path != base_path and (live is None or live.base_path != draft.base_path):
            old_path, draft.base_path = draft.base_path, None
            draft.save(update_fields=["base_path"])
            paths.release_unused(old_path)
    if base_path is not None:
        clear_drafts(document, base_path, payload["document_type"])
    edition = written(draft or Edition(document=document), live, payload, caller)
    document.stale_lock_version += 1
    document.save(update_fields=["stale_lock_version"])
    edition.document = document
    replace_links(edition, payload)
    name_alias(content_id, payload.get("content_id_alias"))
    if live and live.base_path and base_path and live.base_path != base_path:
        draft_redirect(caller, live, base_path)
    return edition


def written(
    edition: Edition, live: Edition | None, payload: Mapping[str, Any], caller: Caller
) -> Edition:
    """Fill an edition from the payload and save it."""
    for field, default in COPIED.items():
        setattr(edition, field, default if payload.get(field) is None else payload[field])
    edition.details = with_html(edition.details, edition.document.locale)
    edition.content_store = Edition.ContentStore.DRAFT
    edition.user_facing_version = live.user_facing_version + 1 if live else 1
    edition.sent_by = caller.app.name
    limited = payload.get("access_limited") or {}
    edition.access_limited = {
        name: limited[name] for name in ("users", "organisations") if limited.get(name)
    }
    edition.limited = bool(edition.access_limited)
    if limited.get("auth_bypass_ids") and payload.get("auth_bypass_ids") is None:
        edition.auth_bypass_ids = limited["auth_bypass_ids"]
    edition.change_note = change_note_of(payload)
    set_times(edition, live, payload)
    try:
        with transaction.atomic():
            edition.save()
    except IntegrityError:
        other = Edition.objects.at_path(str(edition.base_path), Edition.ContentStore.DRAFT)
        paths.refuse_conflict(other.select_related("document").get())
    return edition


def set_times(edition: Edition, live: Edition | None, payload: Mapping[str, Any]) -> None:
    """Set the edition's times: as sent, else as the live edition had them."""
    now = timezone.now()
    edition.updated_at = now
    edition.publishing_api_last_edited_at = now
    edition.last_edited_at = time_of(payload.get("last_edited_at")) or now
    edition.public_updated_at = time_of(payload.get("public_updated_at"))
    edition.first_published_at = time_of(payload.get("first_published_at")) or (
        live.first_published_at if live else None
    )
    if live:
        edition.publishing_api_first_published_at = live.publishing_api_first_published_at
    major = edition.update_type == "major"
    edition.major_published_at = None if major or not live else live.major_published_at


def time_of(value: Any) -> datetime | None:
    """Read a time; None where there is none.

    Raises:
        CommandError: it has no offset, or is no time.

    """
    if value is None:
        return None
    try:
        found = parse_datetime(str(value).upper())
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise CommandError(422, f"{str(value)[:40]} is not a time", error_code="validation_failed")
    return found


def change_note_of(payload: Mapping[str, Any]) -> str | None:
    """Return the change note of a major update: its own, else the newest in details."""
    if payload.get("update_type") not in ("major", "content_block"):
        return None
    if payload.get("change_note"):
        return str(payload["change_note"])
    details = payload.get("details") or {}
    if details.get("change_note"):
        return str(details["change_note"])
    history = details.get("change_history")
    rows = [row for row in history if isinstance(row, dict)] if isinstance(history, list) else []
    newest = max(rows, key=lambda row: str(row.get("public_timestamp", "")), default=None)
    return str(newest["note"]) if newest and newest.get("note") else None


def replace_links(edition: Edition, payload: Mapping[str, Any]) -> None:
    """Write the edition's own links, with those to the blocks that its texts embed."""
    links = {name: list(ids) for name, ids in (payload.get("links") or {}).items()}
    embedded = EMBED.findall(str(payload.get("details") or ""))
    if embedded:
        links["embed"] = embedded
    edition.links.all().delete()
    Link.objects.bulk_create(
        Link(edition=edition, link_type=name[:100], target_content_id=target, position=position)
        for name, ids in links.items()
        for position, one in enumerate(ids if name == "embed" else dict.fromkeys(ids))
        if (target := as_uuid(one))
    )


def name_alias(content_id: uuid.UUID, name: Any) -> None:
    """Give the content id a readable name.

    Raises:
        RecordInvalid: another content id has that name.

    """
    if not isinstance(name, str) or not name:
        return
    found, _ = ContentIdAlias.objects.get_or_create(
        name=name[:255], defaults={"content_id": content_id}
    )
    if found.content_id != content_id:
        raise RecordInvalid(
            [("content_id_alias", "is already in use", "content_id_alias_already_in_use")]
        )


def document_of(content_id: uuid.UUID, payload: Mapping[str, Any]) -> Document:
    """Return the locked document that a command without content is about."""
    return locked_document(content_id, locale_of(payload))
