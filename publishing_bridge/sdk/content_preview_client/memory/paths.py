"""Path reservations, publish intents and lookups of the Publishing API, in memory."""

from __future__ import annotations

from typing import Any

from content_preview_client.memory.checks import is_path
from content_preview_client.memory.presentation import live_state
from content_preview_client.memory.routing import Refused, Reply, Request, command_error, route
from content_preview_client.memory.state import State, StoredDocument

TAKEN = "base_path_already_in_use"
GONE = ("gone", "redirect", "vanish")


def reserve(state: State, path: Any, app: Any, *, override: bool = False) -> None:
    """Reserve a path for an app; refuse where another has it."""
    if not is_path(path):
        sentence = "is not a valid absolute URL path"
        fields = {"base_path": [sentence]}
        raise Refused(command_error(422, f"Base path {sentence}", "base_path_invalid", fields))
    if not isinstance(app, str) or not app.strip():
        fields = {"publishing_app": ["can't be blank"]}
        message = "Publishing app can't be blank"
        raise Refused(command_error(422, message, "publishing_app_missing", fields))
    owner = state.paths.setdefault(path, app)
    if owner != app and not override:
        sentence = f"{path} is already reserved by {owner}"
        fields = {"base_path": [sentence]}
        raise Refused(command_error(422, f"Base path {sentence}", TAKEN, fields))
    state.paths[path] = app


@route("PUT", "/paths{path*}")
def put(state: State, request: Request, path: str) -> Reply:
    """Reserve a path."""
    payload = request.payload
    if "Preview-Pack" not in request.headers:
        override = payload.get("override_existing") in (True, "true")
        reserve(state, path, payload.get("publishing_app"), override=override)
    return Reply(200, {**payload, "base_path": path})


@route("DELETE", "/paths{path*}")
def delete(state: State, request: Request, path: str) -> Reply:
    """Give a path back."""
    owner = state.paths.get(path)
    if owner is None:
        raise Refused(command_error(404, f"{path} is not reserved"))
    if owner != request.payload.get("publishing_app"):
        raise Refused(command_error(422, f"{path} is reserved by {owner}", TAKEN))
    del state.paths[path]
    return Reply(200, {**request.payload, "base_path": path})


@route("PUT", "/publish-intent{path*}")
def put_intent(state: State, request: Request, path: str) -> Reply:
    """Say when content will be published."""
    reserve(state, path, request.payload.get("publishing_app"))
    state.intents[path] = request.payload
    return Reply(200, request.payload)


@route("DELETE", "/publish-intent{path*}")
def delete_intent(state: State, request: Request, path: str) -> Reply:  # noqa: ARG001 (a handler)
    """Take an intent back."""
    return Reply(200 if state.intents.pop(path, None) is not None else 404, {})


@route("POST", "/lookup-by-base-path")
def lookup(state: State, request: Request) -> Reply:
    """Get content ids by path."""
    wanted = request.payload.get("base_paths") or []
    if not wanted:
        message = "param is missing or the value is empty or invalid: base_paths"
        raise Refused(command_error(422, message, "parameter_missing_or_invalid"))
    drafts = request.payload.get("with_drafts") in (True, "true")
    found: dict[str, str] = {}
    for document in state.documents.values():
        for content in contents(document, drafts=drafts):
            if content.get("base_path") in wanted and content["document_type"] not in GONE:
                found[content["base_path"]] = document.content_id
    return Reply(200, found)


def contents(document: StoredDocument, *, drafts: bool) -> list[dict[str, Any]]:
    """Return what of a document stands at a path."""
    gone = (document.unpublishing or {}).get("type") in GONE
    return [
        *([document.live] if document.live and not gone else []),
        *([document.draft] if document.draft and drafts else []),
    ]


@route("GET", "/v2/linkables")
def linkables(state: State, request: Request) -> Reply:
    """List what can be linked to."""
    wanted = request.asked("document_type")
    if not wanted:
        message = "param is missing or the value is empty or invalid: document_type"
        raise Refused(command_error(422, message, "parameter_missing_or_invalid"))
    rows = []
    for document in sorted(state.documents.values(), key=lambda one: one.content_id):
        live = document.live if not document.unpublishing else None
        content = live or document.draft
        if content and document.locale == "en" and content["document_type"] == wanted:
            details = content.get("details") or {}
            row = {
                "title": content.get("title"),
                "content_id": document.content_id,
                "publication_state": live_state(document) if live else "draft",
                "base_path": content.get("base_path"),
                "internal_name": details.get("internal_name") or content.get("title"),
            }
            rows.append(row)
    return Reply(200, rows)
