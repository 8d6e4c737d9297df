"""Link sets, what links to an item, and changes of links.

Source: alphagov/publishing-api `app/queries/get_link_set.rb`, `app/queries/get_bulk_links.rb`,
`app/queries/get_linked.rb`, `app/queries/get_link_changes.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.commands.patch_link_set import present_link_set
from publishing_bridge.publishing_api.models import Edition, Link, LinkChange, LinkSet, as_uuid
from publishing_bridge.publishing_api.presentation import (
    FIELDS,
    MORE,
    grouped,
    moment_ms,
    present_many,
)
from publishing_bridge.publishing_api.queries.content import known, latest_first
from publishing_bridge.publishing_api.queries.content_list import (
    MORE_FIELDS,
    ContentFilter,
    filtered,
    ordered,
)
from publishing_bridge.publishing_api.routes import sentence_of
from publishing_bridge.wire.errors import CommandError

MOST_IDS = 1000
MOST_CHANGES = 250


def get_link_set(token: AppToken, content_id: uuid.UUID) -> dict[str, Any]:
    """Return the link set of a content id; a document without one has an empty one.

    Raises:
        CommandError: 404, neither is there.

    """
    found = LinkSet.objects.filter(content_id=content_id).first()
    if found:
        return present_link_set(found)
    if known(token, content_id):
        return {"content_id": str(content_id), "links": {}, "version": 0}
    raise CommandError(404, f"Could not find link set with content_id: {content_id}")


def links_by_content_id(content_ids: Collection[str]) -> dict[str, Any]:
    """Return the link sets of several content ids, in two queries.

    Raises:
        CommandError: 413, more than a thousand.

    """
    if len(content_ids) > MOST_IDS:
        raise CommandError(413, f"Payload size exceeded {MOST_IDS} ids")
    wanted = uuids(list(content_ids))
    sets = LinkSet.objects.filter(content_id__in=wanted).prefetch_related("links")
    by_id = {str(one.content_id): one for one in sets}
    return {
        str(content_id): {
            "links": grouped(found.links.all()) if (found := by_id.get(str(content_id))) else {},
            "version": found.stale_lock_version if found else 0,
        }
        for content_id in content_ids
    }


def linked(
    token: AppToken, content_id: uuid.UUID, link_type: str, fields: list[str]
) -> list[dict[str, Any]]:
    """Return the documents whose link sets link to an item, newest first.

    Raises:
        CommandError: the item is not there, or the fields are not an edition's.

    """
    targets = Edition.objects.readable_by(token).filter(document__content_id=content_id)
    if not targets.filter(state__in=("draft", "published")).exists():
        raise CommandError(404, f"No item with content_id: '{content_id}'")
    if not fields:
        sentence = "Fields must be provided"
        raise CommandError(422, sentence, error_code="fields_parameter_missing")
    unknown = [one for one in fields if one not in (*FIELDS, *MORE_FIELDS)]
    if unknown:
        raise CommandError(400, f"Invalid column field(s): {sentence_of(unknown)[:300]}")
    sources = Link.objects.filter(
        target_content_id=content_id, link_type=link_type, link_set__isnull=False
    ).values("link_set__content_id")
    rows = filtered(token, ContentFilter(locale="all")).filter(document__content_id__in=sources)
    rows = ordered(rows, "-public_updated_at").select_related(*MORE)
    return present_many(rows.prefetch_related("links", "document__editions"), fields)


def link_changes(
    token: AppToken,
    link_types: list[str],
    *,
    sources: list[str],
    targets: list[str],
    users: list[str],
) -> dict[str, Any]:
    """Return the newest changes of links, at most 250."""
    changes = LinkChange.objects.filter(link_type__in=link_types)
    if sources:
        changes = changes.filter(source_content_id__in=uuids(sources))
    if targets:
        changes = changes.filter(target_content_id__in=uuids(targets))
    if users:
        changes = changes.filter(user_uid__in=users)
    rows = list(changes.order_by("-created_at", "id")[:MOST_CHANGES])
    titles = titles_of(token, {one for row in rows for one in ends(row)})
    return {
        "link_changes": [
            {
                "source": titles.get(row.source_content_id),
                "target": titles.get(row.target_content_id),
                "link_type": row.link_type,
                "change": row.change,
                "user_uid": row.user_uid,
                "created_at": moment_ms(row.created_at),
            }
            for row in rows
        ]
    }


def ends(change: LinkChange) -> tuple[uuid.UUID, uuid.UUID]:
    """Return what a link connects."""
    return change.source_content_id, change.target_content_id


def uuids(texts: list[str]) -> list[uuid.UUID]:
    """Return those texts that are UUIDs."""
    return [found for one in texts if (found := as_uuid(one))]


def titles_of(token: AppToken, content_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return title and path of the latest edition of each content id."""
    editions = Edition.objects.readable_by(token).filter(document__content_id__in=content_ids)
    found: dict[uuid.UUID, Any] = {}
    for edition in latest_first(editions).select_related("document"):
        content_id = edition.document.content_id
        shown = {
            "title": edition.title,
            "base_path": edition.base_path,
            "content_id": str(content_id),
        }
        found.setdefault(content_id, shown)
    return found
