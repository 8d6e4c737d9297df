"""What an answer of the platform says of an item: itself, who links to it, its languages.

Source: alphagov/publishing-api `docs/api.md` (`GET /v2/content`, `GET /v2/expanded-links`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from preview.overlay.live import Item
from publishing_bridge.links.fields import widest
from publishing_bridge.links.paths import DIRECT_TYPES

TAKEN_AWAY = ("gone", "redirect", "vanish", "substitute")
DESCRIBING = ("content_id", "locale", "title", "base_path", "document_type", "schema_name")
ALSO = ("analytics_identifier", "public_updated_at", "description", "phase", "content_id_alias")


def stored_item(answer: Any) -> dict[str, Any] | None:
    """Return what is kept of an edition: what links may show of it, and its own links.

    None where there is nothing live, or what was live was taken away.
    """
    if not isinstance(answer, Mapping):
        return None
    unpublishing = answer.get("unpublishing")
    kind = unpublishing.get("type") if isinstance(unpublishing, Mapping) else None
    unpublished = answer.get("publication_state") == "unpublished"
    if unpublished and (kind is None or kind in TAKEN_AWAY):
        return None
    fields = {name: answer[name] for name in (*DESCRIBING, *ALSO) if name in answer}
    shown = widest(str(answer.get("document_type")))
    details = answer.get("details")
    if isinstance(details, Mapping) and (shown.inside or "details" in shown.whole):
        names = {place[0] for place in shown.inside} or set(details)
        fields["details"] = {name: details[name] for name in names if name in details}
    return {
        "fields": fields,
        "links": link_ids(answer.get("links")),
        "withdrawn": unpublished and kind == "withdrawal",
    }


def link_ids(value: Any) -> dict[str, list[str]]:
    """Return link type → content ids of what an answer has as links; what is no id is left out."""
    if not isinstance(value, Mapping):
        return {}
    return {
        str(kind): [one for one in ids if isinstance(one, str)]
        for kind, ids in value.items()
        if isinstance(ids, list)
    }


def item_of(stored: Mapping[str, Any], read_at: datetime) -> Item:
    """Return an item from what was kept of it."""
    fields = stored["fields"]
    return Item(
        str(fields.get("content_id")),
        str(fields.get("locale") or "en"),
        fields,
        stored.get("links") or {},
        withdrawn=bool(stored.get("withdrawn")),
        read_at=read_at,
    )


def neighbours(answer: Any) -> dict[str, Any] | None:
    """Return what is kept of an item's expanded links: who links to it, and its languages."""
    links = answer.get("expanded_links") if isinstance(answer, Mapping) else None
    if not isinstance(links, Mapping):
        return None
    return {
        "from": {
            kind: ids
            for name, types in DIRECT_TYPES.items()
            for kind, ids in sources(rows_of(links, name), types).items()
        },
        "translations": [
            {"fields": dict(row), "withdrawn": bool(row.get("withdrawn"))}
            for row in rows_of(links, "available_translations")
        ],
    }


def rows_of(links: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the expanded links of a type."""
    rows = links.get(name)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def sources(rows: Sequence[Mapping[str, Any]], types: Collection[str]) -> dict[str, list[str]]:
    """Return link type → who links by it, for the items under one reverse name.

    An appointment has two ends, person and role: the end that it does not show is the one from
    which it was looked at.
    """
    found: dict[str, list[str]] = {}
    for row in rows:
        shown = row.get("links")
        away = set(shown) if isinstance(shown, Mapping) else set()
        kinds = [kind for kind in types if kind not in away] or list(types)
        content_id = row.get("content_id")
        if isinstance(content_id, str):
            found.setdefault(kinds[0], []).append(content_id)
    return found
