"""Small live sites for tests: items by name, ids that can be told apart."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from publishing_bridge.example_site import MemorySite

NAMES = uuid.UUID("6a0c2b8e-5f0e-4c0a-9d0e-0a1b2c3d4e5f")
Links = Mapping[str, list[str]]


def id_of(name: str) -> str:
    """Return the content id of a named item."""
    return str(uuid.uuid5(NAMES, name))


def ids(links: Links | None) -> dict[str, list[str]]:
    """Return links with content ids for names."""
    return {kind: [id_of(name) for name in names] for kind, names in (links or {}).items()}


def live(
    name: str,
    kind: str = "answer",
    *,
    links: Links | None = None,
    link_set: Links | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Return a live item with a page at `/<name>`."""
    item: dict[str, Any] = {
        "content_id": id_of(name),
        "locale": "en",
        "schema_name": kind,
        "document_type": kind,
        "title": name.capitalize(),
        "base_path": f"/{name}",
        "details": {"body": f"<p>About {name}.</p>"},
        "public_updated_at": "2026-01-02T09:00:00Z",
        "first_published_at": "2026-01-02T09:00:00Z",
        "links": ids(links),
        "link_set": ids(link_set),
    }
    return {**item, **changes}


def site(*items: dict[str, Any]) -> MemorySite:
    """Return a site of these items."""
    return MemorySite(items)


class Counting(MemorySite):
    """A site that counts how often it is asked."""

    def __init__(self, items: list[dict[str, Any]]) -> None:
        super().__init__(items)
        self.asked: list[str] = []

    def items(self, content_ids: Any, locale: str) -> Any:
        self.asked.append("items")
        return super().items(content_ids, locale)

    def link_sets(self, content_ids: Any) -> Any:
        self.asked.append("link_sets")
        return super().link_sets(content_ids)

    def linked_from(self, content_ids: Any, types: Any) -> Any:
        self.asked.append("linked_from")
        return super().linked_from(content_ids, types)

    def translations(self, content_id: str) -> Any:
        self.asked.append("translations")
        return super().translations(content_id)
