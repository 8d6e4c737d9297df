"""Items of the content store: found by path, put whole, deleted.

Source: alphagov/content-store `app/models/content_item.rb` (`create_or_replace`),
`app/models/find_by_path.rb`, `app/models/update_lock.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from publishing_bridge.content_store.models import ContentItem, ContentRoute

FIELDS = frozenset(
    [
        "access_limited",
        "analytics_identifier",
        "auth_bypass_ids",
        "base_path",
        "content_id",
        "content_purpose_document_supertype",
        "content_purpose_subgroup",
        "content_purpose_supergroup",
        "description",
        "details",
        "document_type",
        "email_document_supertype",
        "expanded_links",
        "first_published_at",
        "government_document_supertype",
        "links",
        "locale",
        "navigation_document_supertype",
        "payload_version",
        "phase",
        "public_updated_at",
        "publishing_app",
        "publishing_request_id",
        "publishing_scheduled_at",
        "redirects",
        "rendering_app",
        "routes",
        "scheduled_publishing_delay_seconds",
        "schema_name",
        "search_user_need_document_supertype",
        "title",
        "user_journey_document_supertype",
        "withdrawn_notice",
    ]
)


class OutOfOrder(Exception):
    """An item that is older than the one that is stored."""

    def __init__(self, sent: int, stored: int) -> None:
        super().__init__(
            f"Tried to process request with payload_version {sent}, but the latest ContentItem "
            f"has a newer (or equal) payload_version of {stored}"
        )


class InvalidItem(Exception):
    """An item that can't be stored; `errors` says why, by field."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("The content item is not valid.")
        self.errors = dict(errors)


def find_by_path(path: str) -> ContentItem | None:
    """Return the item at a path: its own, else that of an exact route, else the longest prefix."""
    own = ContentItem.objects.filter(base_path=path).first()
    if own:
        return own
    parts = path.split("/")
    prefixes = ["/".join(parts[:length]) or "/" for length in range(len(parts), 0, -1)]
    routes = ContentRoute.objects.select_related("content_item")
    exact = routes.filter(path=path, match_type="exact").first()
    if exact:
        return exact.content_item
    found = list(routes.filter(path__in=prefixes, match_type="prefix"))
    return max(found, key=lambda route: len(route.path)).content_item if found else None


@transaction.atomic
def put_item(*, base_path: str, payload: Mapping[str, Any]) -> bool:
    """Store an item in place of the one at its path; return whether it is the first there.

    Raises:
        OutOfOrder: its `payload_version` is not above the stored one's.
        InvalidItem: fields that no item has, or no version to order it by.

    """
    unknown = [name for name in payload if name not in FIELDS]
    if unknown:
        sentence = f"unrecognised field(s) {', '.join(unknown)} in input"
        raise InvalidItem({"base": [sentence[:500]]})
    stored = ContentItem.objects.select_for_update().filter(base_path=base_path).first()
    version = version_of(payload, needed=stored is not None)
    before = stored.payload_version if stored else None
    if before is not None and version is not None and version <= before:
        raise OutOfOrder(version, before)
    item = stored or ContentItem(base_path=base_path)
    item.item, item.payload_version = dict(payload), version
    item.updated_at = timezone.now()
    item.save()
    write_routes(item)
    return stored is None


def version_of(payload: Mapping[str, Any], *, needed: bool) -> int | None:
    """Return the payload's version.

    Raises:
        InvalidItem: it is needed and absent, or is no number.

    """
    version = payload.get("payload_version")
    if version is None and not needed:
        return None
    if not isinstance(version, int) or isinstance(version, bool):
        raise InvalidItem({"payload_version": ["must be a whole number"]})
    return version


def write_routes(item: ContentItem) -> None:
    """Write the item's routes and redirects beside it."""
    rows = [*(item.item.get("routes") or ()), *(item.item.get("redirects") or ())]
    item.routes.all().delete()
    ContentRoute.objects.bulk_create(
        ContentRoute(
            content_item=item,
            path=str(row["path"])[:512],
            match_type="prefix" if row.get("type") == "prefix" else "exact",
        )
        for row in rows
        if isinstance(row, Mapping) and row.get("path")
    )


def delete_item(*, base_path: str) -> bool:
    """Delete the item at a path; False where there is none."""
    return ContentItem.objects.filter(base_path=base_path).delete()[0] > 0
