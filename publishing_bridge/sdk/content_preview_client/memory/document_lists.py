"""Lists of documents and editions of the Publishing API, in memory."""

from __future__ import annotations

from typing import Any

from content_preview_client.memory.presentation import present
from content_preview_client.memory.routing import Refused, Reply, Request, command_error, route
from content_preview_client.memory.state import State

FIELDS = frozenset(
    [
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
        "first_published_at",
        "last_edited_at",
        "major_published_at",
        "public_updated_at",
        "published_at",
        "publishing_api_first_published_at",
        "publishing_api_last_edited_at",
        "updated_at",
        "content_id",
        "content_id_aliases",
        "last_edited_by_editor_id",
        "links",
        "locale",
        "lock_version",
        "publication_state",
        "state_history",
        "unpublishing",
        "id",
        "created_at",
        "state",
    ]
)


@route("GET", "/v2/content")
def documents(state: State, request: Request) -> Reply:
    """List documents in pages."""
    rows = chosen(state, request, locale=request.asked("locale", "en"))
    q = request.asked("q").lower()
    rows = [one for one in rows if q in f"{one.get('title')}\n{one.get('base_path')}".lower()]
    number = int(request.asked("page", "1"))
    size = int(request.asked("per_page", "50"))
    start = (number - 1) * size
    return Reply(
        200,
        {
            "total": len(rows),
            "pages": -(-len(rows) // size),
            "current_page": number,
            "links": [],
            "results": [with_fields(one, request) for one in rows[start : start + size]],
        },
    )


@route("GET", "/v2/editions")
def editions(state: State, request: Request) -> Reply:
    """List editions by a moving key."""
    rows = chosen(state, request, locale=request.asked("locale", "all"))
    size, start = int(request.asked("per_page", "100")), int(request.asked("after", "0"))
    after = start + size
    address = f"{state.origin}/v2/editions?after="
    links = [{"href": f"{address}{after}", "rel": "next"}] if after < len(rows) else []
    shown = [with_fields(one, request) for one in rows[start:after]]
    return Reply(200, {"links": links, "results": shown})


def chosen(state: State, request: Request, locale: str) -> list[dict[str, Any]]:
    """Return the documents that pass the filters, the latest change first."""
    unknown = [one for one in request.many("fields") if one not in FIELDS]
    if unknown:
        raise Refused(command_error(400, f"Invalid column name(s): {', '.join(unknown)}"))
    types = request.many("document_type") or request.many("document_types")
    states, app = request.many("states"), request.asked("publishing_app")
    stored = sorted(state.documents.values(), key=lambda one: one.updated_at, reverse=True)
    return [
        row
        for row in (present(state, one) for one in stored)
        if (locale in ("all", row["locale"]))
        and (not types or row["document_type"] in types)
        and (not states or row["publication_state"] in states)
        and (not app or row["publishing_app"] == app)
    ]


def with_fields(row: dict[str, Any], request: Request) -> dict[str, Any]:
    """Return those fields that were asked for."""
    fields = request.many("fields")
    return {name: row[name] for name in fields if name in row} if fields else row
