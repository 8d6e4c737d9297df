"""How editions, links and times look in the Publishing API's answers.

Source: alphagov/publishing-api `app/presenters/queries/content_item_presenter.rb`,
`app/presenters/queries/content_item_warnings.rb`, `docs/api.md`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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


def present(
    edition: Edition, fields: Collection[str] = FIELDS, *, warnings: bool = False
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
            found[field] = computed(edition, field)
    if warnings and edition.is_draft:
        found["warnings"] = blocking(edition)
    return {name: value for name, value in found.items() if value is not None}


def computed(edition: Edition, field: str) -> Any:
    """Return a field that is not a column of the edition."""
    document = edition.document
    values: dict[str, Callable[[], Any]] = {
        "content_id": lambda: str(document.content_id),
        "content_id_aliases": lambda: aliases(document.content_id),
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


def aliases(content_id: Any) -> list[str]:
    """Return the readable names of a content id."""
    names = ContentIdAlias.objects.filter(content_id=content_id).order_by("name")
    return list(names.values_list("name", flat=True))


def unpublishing(edition: Edition) -> dict[str, Any] | None:
    """Return how the edition was taken away; None where it was not."""
    found = Unpublishing.objects.filter(edition=edition).first() if edition.pk else None
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
