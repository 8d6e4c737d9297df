"""Content ids by path, and what can be linked to.

Source: alphagov/publishing-api `app/controllers/lookups_controller.rb`,
`app/queries/get_linkables.rb`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Edition

GONE_TYPES = ("gone", "redirect")
GONE_UNPUBLISHINGS = ("vanish", "redirect", "gone")


def content_ids_by_base_path(
    token: AppToken,
    base_paths: Collection[str],
    *,
    with_drafts: bool,
    exclude_document_types: Collection[str] = GONE_TYPES,
    exclude_unpublishing_types: Collection[str] = GONE_UNPUBLISHINGS,
) -> dict[str, str]:
    """Return path → content id; drafts come before what is live, where they are asked for."""
    states = ["published", "unpublished", *(["draft"] if with_drafts else [])]
    stores = ["live", *(["draft"] if with_drafts else [])]
    editions = Edition.objects.readable_by(token).filter(
        Q(unpublishing=None) | ~Q(unpublishing__type__in=exclude_unpublishing_types),
        state__in=states,
        content_store__in=stores,
        base_path__in=base_paths,
    )
    editions = editions.exclude(document_type__in=exclude_document_types)
    rows = editions.order_by("-state", "pk").values_list("base_path", "document__content_id")
    return {str(base_path): str(content_id) for base_path, content_id in rows}


def linkables(token: AppToken, document_type: str) -> list[dict[str, Any]]:
    """Return the English documents of a type, published before draft, by content id."""
    editions = Edition.objects.readable_by(token).filter(
        document_type=document_type, document__locale="en", state__in=("draft", "published")
    )
    rows = editions.order_by("document__content_id", "state").values(
        "document__content_id", "title", "state", "base_path", "details"
    )
    found: dict[str, dict[str, Any]] = {}
    for row in rows:  # "published" sorts after "draft" and takes its place
        details = row["details"] if isinstance(row["details"], dict) else {}
        content_id, internal = str(row["document__content_id"]), details.get("internal_name")
        found[content_id] = {
            "title": row["title"],
            "content_id": content_id,
            "publication_state": row["state"],
            "base_path": row["base_path"],
            "internal_name": row["title"] if internal is None else internal,
        }
    return list(found.values())
