"""How editions, links and times look in the Publishing API's answers.

Source: alphagov/publishing-api `app/presenters/queries/content_item_presenter.rb`,
`app/presenters/queries/content_item_warnings.rb`, `docs/api.md`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from publishing_bridge.publishing_api.models import ContentIdAlias, Edition, Link, Unpublishing

SUBSTITUTABLE = frozenset({"coming_soon", "gone", "redirect", "unpublishing", "special_route"})
BLOCKED = "There is an item of content that prevents this draft from being published"
PLAIN = (
    "analytics_identifier",
    "auth_bypass_ids",
    "base_path",
    "content_store",
    "description",
    "details",
    "document_type",
    "phase",
    "publishing_app",
    "redirects",
    "rendering_app",
    "routes",
    "schema_name",
    "title",
    "user_facing_version",
    "update_type",
    "change_note",
)
TIMES = (
    "first_published_at",
    "last_edited_at",
    "major_published_at",
    "public_updated_at",
    "published_at",
    "publishing_api_first_published_at",
    "publishing_api_last_edited_at",
    "updated_at",
)
COMPUTED = (
    "content_id",
    "content_id_aliases",
    "last_edited_by_editor_id",
    "links",
    "locale",
    "lock_version",
    "publication_state",
    "state_history",
    "unpublishing",
)
FIELDS = (*PLAIN, *TIMES, *COMPUTED)
MORE = ("document", "unpublishing")
"""What a query selects beside editions that are presented, so that each costs no query more."""
Names = Mapping[uuid.UUID, list[str]]


def moment(value: datetime | None) -> str | None:
    """Return a time to the second, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value else None


def moment_ms(value: datetime) -> str:
    """Return a time to the millisecond, in UTC."""
    utc = value.astimezone(UTC)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


def moment_us(value: datetime) -> str:
    """Return a time to the microsecond, in UTC."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def present_many(editions: Iterable[Edition], fields: Collection[str]) -> list[dict[str, Any]]:
    """Return editions with `fields`, their readable names in one query; see `MORE`."""
    rows = list(editions)
    named = "content_id_aliases" in fields
    names = aliases({one.document.content_id for one in rows} if named else ())
    return [present(one, fields, names=names) for one in rows]


def present(
    edition: Edition,
    fields: Collection[str] = FIELDS,
    *,
    warnings: bool = False,
    names: Names | None = None,
) -> dict[str, Any]:
    """Return an edition with `fields`; what is null is left out.

    `warnings` adds what keeps a draft from being published.
    """
    found: dict[str, Any] = {}
    for field in fields:
        if field in PLAIN:
            found[field] = getattr(edition, field)
        elif field in TIMES or field == "created_at":
            found[field] = moment(getattr(edition, field))
        else:
            found[field] = computed(edition, field, names)
    if warnings and edition.is_draft:
        found["warnings"] = blocking(edition)
    return {name: value for name, value in found.items() if value is not None}


def computed(edition: Edition, field: str, names: Names | None) -> Any:
    """Return a field that is not a column of the edition."""
    document = edition.document
    content_id = document.content_id
    values: dict[str, Callable[[], Any]] = {
        "content_id": lambda: str(content_id),
        "content_id_aliases": lambda: (aliases([content_id]) if names is None else names).get(
            content_id, []
        ),
        "last_edited_by_editor_id": lambda: text(edition.last_edited_by_editor_id),
        "links": lambda: grouped(edition.links.all()),
        "locale": lambda: document.locale,
        "lock_version": lambda: document.stale_lock_version,
        "publication_state": lambda: edition.state,
        "state": lambda: edition.state,
        "state_history": lambda: {
            str(one.user_facing_version): one.state
            for one in sorted(document.editions.all(), key=lambda one: one.user_facing_version)
        },
        "unpublishing": lambda: unpublishing(edition),
        "id": lambda: edition.pk,
    }
    return values[field]()


def text(value: Any) -> str | None:
    """Return a value as text, None as None."""
    return None if value is None else str(value)


def aliases(content_ids: Collection[uuid.UUID]) -> Names:
    """Return the readable names of content ids."""
    found: dict[uuid.UUID, list[str]] = {}
    rows = ContentIdAlias.objects.filter(content_id__in=content_ids).order_by("name")
    for content_id, name in rows.values_list("content_id", "name") if content_ids else ():
        found.setdefault(content_id, []).append(name)
    return found


def unpublishing(edition: Edition) -> dict[str, Any] | None:
    """Return how the edition was taken away; None where it was not."""
    found: Unpublishing | None = getattr(edition, "unpublishing", None)
    if found is None:
        return None
    shown = {
        "type": found.type,
        "explanation": found.explanation,
        "alternative_path": found.alternative_path,
        "redirects": found.redirects,
        "unpublished_at": moment(found.unpublished_at),
    }
    return {name: value for name, value in shown.items() if value is not None}


def grouped(links: Iterable[Link]) -> dict[str, list[str]]:
    """Return links as lists of content ids by their type, in their order."""
    found: dict[str, list[str]] = {}
    for link in sorted(links, key=lambda link: (link.link_type, link.position)):
        found.setdefault(link.link_type, []).append(str(link.target_content_id))
    return found


def blocking(edition: Edition) -> dict[str, str]:
    """Return the warnings of a draft."""
    if edition.base_path is None or edition.document_type in SUBSTITUTABLE:
        return {}
    others = Edition.objects.at_path(edition.base_path, Edition.ContentStore.LIVE)
    others = others.exclude(document__content_id=edition.document.content_id)
    if others.exclude(document_type__in=SUBSTITUTABLE).exists():
        return {"content_item_blocking_publish": BLOCKED}
    return {}
