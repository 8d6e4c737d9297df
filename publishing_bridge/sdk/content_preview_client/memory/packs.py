"""Packs of the native API, in memory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from content_preview_client.memory.listing import page_of
from content_preview_client.memory.routing import Refused, Reply, Request, nothing, problem, route
from content_preview_client.memory.state import State, StoredPack, now

PACK = "/api/v1/packs/{pack_id}"


@route("POST", "/api/v1/packs")
def make(state: State, request: Request) -> Reply:
    """Make a pack."""
    values = checked(request.payload)
    if "name" not in values:
        refuse("name", "This field is required.")
    pack = StoredPack(owner=request.app, **values)
    state.packs[pack.id] = pack
    return Reply(201, shown(state, pack), {"Location": f"/api/v1/packs/{pack.id}"})


@route("GET", "/api/v1/packs")
def listing(state: State, request: Request) -> Reply:
    """List packs, newest first."""
    name, draft = request.asked("name").lower(), request.asked("draft")
    wanted = request.asked("state", "open")
    rows = [
        one
        for one in state.packs.values()
        if readable(request, one)
        and name in one.name.lower()
        and (wanted == "all" or (wanted == "archived") == bool(one.archived_at))
        and (not draft or any(member.draft.identity[0] == draft for member in one.members))
    ]
    rows.sort(key=lambda one: (one.updated_at, one.id), reverse=True)
    return page_of(state, request, [shown(state, one) for one in rows])


@route("GET", PACK)
def get(state: State, request: Request, pack_id: str) -> Reply:
    """Get a pack."""
    return Reply(200, shown(state, pack_at(state, request, pack_id)))


@route("PATCH", PACK)
def change(state: State, request: Request, pack_id: str) -> Reply:
    """Change what is named."""
    pack = own_pack_at(state, request, pack_id)
    for name, value in checked(request.payload).items():
        setattr(pack, name, value)
    pack.updated_at = now()
    return Reply(200, shown(state, pack))


@route("DELETE", PACK)
def archive(state: State, request: Request, pack_id: str) -> Reply:
    """Archive a pack."""
    own_pack_at(state, request, pack_id).archived_at = now()
    return Reply(204)


def checked(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a pack that a request names."""
    values: dict[str, Any] = {}
    if "name" in payload:
        values["name"] = text_of(payload, "name", 200)
        if not values["name"]:
            refuse("name", "This field may not be blank.")
    if "description" in payload:
        values["description"] = text_of(payload, "description", 5000)
    if "as_of" in payload:
        values["as_of"] = time_of(payload["as_of"])
    return values


def text_of(payload: dict[str, Any], name: str, most: int) -> str:
    """Return a text of a pack."""
    value = payload[name]
    if not isinstance(value, str):
        refuse(name, "Not a valid string.")
    if len(value) > most:
        refuse(name, f"Ensure this field has no more than {most} characters.")
    return str(value).strip()


def time_of(value: Any) -> str | None:
    """Return a time of a pack."""
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        refuse("as_of", "Send a time with an offset.")
        return None


def refuse(field: str, sentence: str) -> None:
    """Raise the refusal that names the field."""
    raise Refused(problem(422, "invalid-pack", sentence, field=field))


def readable(request: Request, pack: StoredPack) -> bool:
    """Say whether an app may read a pack: it made it, or a draft of it is inside."""
    return pack.owner == request.app or any(one.draft.app == request.app for one in pack.members)


def pack_at(state: State, request: Request, pack_id: str) -> StoredPack:
    """Return the pack of an address."""
    pack = state.packs.get(pack_id)
    if pack is None or pack.archived_at or not readable(request, pack):
        raise Refused(nothing())
    return pack


def own_pack_at(state: State, request: Request, pack_id: str) -> StoredPack:
    """Return the pack of an address where the app may change it."""
    pack = pack_at(state, request, pack_id)
    if pack.owner != request.app:
        reason = "not_an_editor_of_this_pack"
        raise Refused(problem(403, "access-denied", f"Access denied: {reason}", reason=reason))
    return pack


def shown(state: State, pack: StoredPack) -> dict[str, Any]:
    """Return a pack as JSON."""
    return {
        "id": pack.id,
        "name": pack.name,
        "description": pack.description,
        "owner": f"app:{pack.owner}",
        "as_of": pack.as_of,
        "drafts": len(pack.members),
        "created_at": pack.created_at.isoformat(),
        "updated_at": pack.updated_at.isoformat(),
        "archived_at": pack.archived_at.isoformat() if pack.archived_at else None,
        "page_url": f"{state.origin}/packs/{pack.id}",
    }
