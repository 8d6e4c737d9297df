"""Change the links of a content id that have no draft.

Source: alphagov/publishing-api `app/commands/v2/patch_link_set.rb`, `app/models/link.rb`,
`app/presenters/queries/link_set_presenter.rb`.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from publishing_bridge.publishing_api import previews
from publishing_bridge.publishing_api.commanding import check_version, record
from publishing_bridge.publishing_api.models import Link, LinkChange, LinkSet, as_uuid
from publishing_bridge.publishing_api.presentation import grouped
from publishing_bridge.wire.caller import Caller
from publishing_bridge.wire.errors import CommandError, RecordInvalid

LINK_TYPE = re.compile(r"[a-z0-9_]{1,100}")


@transaction.atomic
def patch_link_set(
    *, caller: Caller, content_id: uuid.UUID, payload: Mapping[str, Any]
) -> dict[str, Any]:
    """Replace each link type that is given; an empty list takes the type away.

    Raises:
        CommandError: no links, links that are none, or a stale version.

    """
    links = checked_links(payload)
    LinkSet.objects.bulk_create([LinkSet(content_id=content_id)], ignore_conflicts=True)
    link_set = LinkSet.objects.select_for_update().get(content_id=content_id)
    check_version(payload, link_set.stale_lock_version)
    link_set.stale_lock_version += 1
    link_set.save(update_fields=["stale_lock_version"])
    before = grouped(link_set.links.filter(link_type__in=links))
    link_set.links.filter(link_type__in=links).delete()
    Link.objects.bulk_create(
        Link(link_set=link_set, link_type=name, target_content_id=target, position=position)
        for name, ids in links.items()
        for position, target in enumerate(ids)
    )
    note_changes(caller, content_id, before, links)
    record("PatchLinkSet", caller, payload, content_id)
    whole = present_link_set(link_set)
    previews.links_changed(content_id, whole["links"])
    return whole


def checked_links(payload: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the links that were sent, each target once.

    Raises:
        CommandError: they are absent, or are no links.

    """
    sent = payload.get("links")
    if not isinstance(sent, dict):
        raise CommandError(422, "Links are required", fields={"links": ["are required"]})
    problems = [
        ("link", sentence, "validation_failed")
        for name, ids in sent.items()
        if (sentence := wrong_with(name, ids))
    ]
    if problems:
        raise RecordInvalid(problems)
    return {name: list(dict.fromkeys(ids)) for name, ids in sent.items()}


def wrong_with(name: str, ids: Any) -> str | None:
    """Return what is wrong with one link type, None where nothing is."""
    if not LINK_TYPE.fullmatch(name) or name == "available_translations":
        return f"Invalid link type: {name[:100]}"
    if not isinstance(ids, list) or not all(isinstance(one, str) and as_uuid(one) for one in ids):
        return f"target_content_id of {name} must be a valid UUID"
    return None


def note_changes(
    caller: Caller, content_id: uuid.UUID, before: dict[str, list[str]], after: dict[str, list[str]]
) -> None:
    """Keep which links came and went."""
    LinkChange.objects.bulk_create(
        LinkChange(
            link_type=name,
            source_content_id=content_id,
            target_content_id=target,
            change=change,
            user_uid=caller.user_uid or None,
        )
        for name, ids in after.items()
        for change, targets in (
            ("add", [one for one in ids if one not in before.get(name, [])]),
            ("remove", [one for one in before.get(name, []) if one not in ids]),
        )
        for target in targets
    )


def present_link_set(link_set: LinkSet) -> dict[str, Any]:
    """Return a link set as it is presented."""
    return {
        "content_id": str(link_set.content_id),
        "links": grouped(link_set.links.all()),
        "version": link_set.stale_lock_version,
    }
