"""Who may see an item of the content store.

Source: alphagov/content-store `app/models/content_item.rb` and
`app/controllers/content_items_controller.rb`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Visitor:
    """Who asks, as the proxy in front says it; None where it does not say."""

    user: str | None = None
    organisation: str | None = None
    bypass_id: str | None = None


def visitor_of(request: HttpRequest) -> Visitor:
    """Return who asks; the proxy writes `invalid` for nobody."""

    def header(name: str) -> str | None:
        value = request.headers.get(name, "").strip()
        return None if value in ("", "invalid") else value

    return Visitor(
        header("X-Govuk-Authenticated-User"),
        header("X-Govuk-Authenticated-User-Organisation"),
        header("Govuk-Auth-Bypass-Id"),
    )


def limits_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the item's access limits; empty where it has none."""
    limits = item.get("access_limited")
    return limits if isinstance(limits, Mapping) else {}


def is_limited(item: Mapping[str, Any]) -> bool:
    """Say whether only some may see the item."""
    return any(limits_of(item).get(name) for name in ("users", "organisations"))


def can_view(item: Mapping[str, Any], visitor: Visitor) -> bool:
    """Decide: named people and organisations first, then bypass ids, then the limits.

    A bypass id opens an access-limited item too. One of a linked item opens the item only where it
    is not limited. A bypass id that opens nothing leaves a visitor without an account outside.
    """
    limits = limits_of(item)
    if visitor.user and visitor.user in (limits.get("users") or ()):
        return True
    if visitor.organisation and visitor.organisation in (limits.get("organisations") or ()):
        return True
    limited = is_limited(item)
    if visitor.bypass_id:
        if visitor.bypass_id in (item.get("auth_bypass_ids") or ()):
            return True
        if not limited and visitor.bypass_id in linked_bypass_ids(item):
            return True
    if limited:
        return False
    return not (visitor.bypass_id and not visitor.user)


def linked_bypass_ids(item: Mapping[str, Any]) -> Iterator[str]:
    """Give the bypass ids of the items that this one links to directly."""
    links = item.get("expanded_links")
    for rows in links.values() if isinstance(links, Mapping) else ():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping):
                yield from row.get("auth_bypass_ids") or ()
