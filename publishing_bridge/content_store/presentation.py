"""How an item of the content store is shown, and for how long it may be kept.

Source: alphagov/content-store `app/presenters/content_item_presenter.rb`,
`app/presenters/expanded_links_presenter.rb`, `app/controllers/content_items_controller.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from publishing_bridge.content_store.access import Visitor, is_limited
from publishing_bridge.content_store.models import ContentItem, PublishIntent

SHOWN = (
    "analytics_identifier",
    "base_path",
    "content_id",
    "description",
    "details",
    "document_type",
    "first_published_at",
    "locale",
    "phase",
    "public_updated_at",
    "publishing_app",
    "publishing_request_id",
    "publishing_scheduled_at",
    "rendering_app",
    "scheduled_publishing_delay_seconds",
    "schema_name",
    "title",
    "withdrawn_notice",
)
SHORTEST = 5
JUST_PUBLISHED = timedelta(minutes=5)


def present(stored: ContentItem, request: HttpRequest) -> dict[str, Any]:
    """Return the item as front ends read it: names sorted, nulls kept, texts as HTML."""
    item = stored.item
    shown = {name: item.get(name) for name in SHOWN}
    shown["base_path"] = stored.base_path
    shown["details"] = resolved(item.get("details") or {})
    shown["withdrawn_notice"] = item.get("withdrawn_notice") or {}
    shown["updated_at"] = stored.updated_at.isoformat(timespec="milliseconds").replace(
        "+00:00", "Z"
    )
    shown["links"] = linked(item.get("expanded_links") or item.get("links") or {}, request)
    if item.get("schema_name") == "redirect":
        shown["redirects"] = item.get("redirects") or []
    return dict(sorted(shown.items()))


def resolved(value: Any) -> Any:
    """Return details with the HTML of each text that comes in several content types."""
    if isinstance(value, dict):
        return {name: resolved(child) for name, child in value.items()}
    if not isinstance(value, list):
        return value
    html = [
        row.get("content")
        for row in value
        if isinstance(row, dict) and row.get("content_type") == "text/html"
    ]
    if html and all(isinstance(row, dict) and "content_type" in row for row in value):
        return html[0]
    return [resolved(child) for child in value]


def linked(links: Any, request: HttpRequest) -> dict[str, Any]:
    """Return links with their addresses, without the bypass ids in them."""
    if not isinstance(links, Mapping):
        return {}
    return {
        name: [link(row, request) for row in rows if isinstance(row, Mapping)]
        for name, rows in links.items()
        if isinstance(rows, list)
    }


def link(row: Mapping[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Return one link."""
    shown = {name: value for name, value in row.items() if name != "auth_bypass_ids"}
    path = row.get("base_path")
    if path:
        shown["api_path"] = f"/api/content{path}"
        shown["api_url"] = request.build_absolute_uri(shown["api_path"])
        shown["web_url"] = f"{settings.WEBSITE_ROOT}{path}"
    shown["links"] = linked(row.get("links") or {}, request)
    return shown


def cache_control(stored: ContentItem | None, path: str, visitor: Visitor) -> str:
    """Return how long an answer may be kept, and by whom."""
    longest = settings.CONTENT_STORE_DEFAULT_TTL
    shortest = min(longest, SHORTEST)
    if visitor.bypass_id or (stored and is_limited(stored.item)):
        return f"private, max-age={shortest}"
    seconds = until_published(path if stored is None else stored.base_path)
    if seconds is None and stored:
        details = stored.item.get("details")
        wanted = details.get("max_cache_time") if isinstance(details, Mapping) else None
        seconds = wanted if isinstance(wanted, int) and not isinstance(wanted, bool) else None
    kept = longest if seconds is None else max(shortest, min(seconds, longest))
    return f"public, max-age={kept}"


def until_published(path: str) -> int | None:
    """Return the seconds until the intent of a path; None where there is none that counts."""
    now = timezone.now()
    intent = PublishIntent.objects.filter(
        base_path=path, publish_time__gt=now - JUST_PUBLISHED
    ).first()
    return int((intent.publish_time - now).total_seconds()) if intent else None
