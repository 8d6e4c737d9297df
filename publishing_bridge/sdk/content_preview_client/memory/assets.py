"""Draft files of the native API, in memory."""

from __future__ import annotations

import hashlib
import mimetypes
from email import message_from_bytes
from typing import Any

from content_preview_client.memory.listing import page_of
from content_preview_client.memory.routing import Refused, Reply, Request, nothing, problem, route
from content_preview_client.memory.state import State, new_id, now

ASSETS = "/api/v1/assets"
ASSET = ASSETS + "/{asset_id}"
INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain")


@route("POST", ASSETS)
def upload(state: State, request: Request) -> Reply:
    """Keep a file; at an address that has one, in its place."""
    fields = fields_of(request)
    if "file" not in fields:
        refuse("Send the file in the field file.")
    filename, content = fields["file"]
    if not content:
        refuse("The file is empty. Choose another one.")
    url = fields["url"][1].decode() if "url" in fields else ""
    for asset in state.assets.values():
        if url and asset["url"] == url:
            if asset["app"] != request.app:
                detail = "This file belongs to another publishing app."
                raise Refused(problem(403, "asset-of-another-app", detail))
            asset.update(described(filename, content))
            return Reply(200, shown(asset))
    found = new_id()
    asset = {
        "id": found,
        "app": request.app,
        "url": url or f"{state.origin}/media/{found}/{filename}",
        "created_at": now().isoformat(),
        **described(filename, content),
    }
    state.assets[found] = asset
    return Reply(201, shown(asset), {"Location": f"{ASSETS}/{found}"})


def described(filename: str, content: bytes) -> dict[str, Any]:
    """Return what is known of a file by its name and bytes."""
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    if not filename.strip("_."):
        refuse("Give the file a name with an extension, such as report.pdf.")
    return {
        "filename": filename,
        "content_type": kind,
        "disposition": "inline" if kind in INLINE else "attachment",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "updated_at": now().isoformat(),
    }


def refuse(sentence: str) -> None:
    """Raise the refusal of a file."""
    raise Refused(problem(422, "invalid-asset", sentence, field="file"))


def fields_of(request: Request) -> dict[str, tuple[str, bytes]]:
    """Return filename and bytes of each field of a form."""
    kind = request.headers.get("Content-Type", "")
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    found: dict[str, tuple[str, bytes]] = {}
    for part in form.walk():
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str):
            content: Any = part.get_payload(decode=True)
            found[name] = (part.get_filename() or "", content or b"")
    return found


@route("GET", ASSETS)
def listing(state: State, request: Request) -> Reply:
    """List the app's files, newest first."""
    rows = [one for one in state.assets.values() if one["app"] == request.app]
    rows.sort(key=lambda one: one["updated_at"], reverse=True)
    return page_of(state, request, [shown(one) for one in rows])


@route("GET", ASSET)
def get(state: State, request: Request, asset_id: str) -> Reply:
    """Get what is known of a file."""
    return Reply(200, shown(asset_at(state, request, asset_id)))


@route("DELETE", ASSET)
def delete(state: State, request: Request, asset_id: str) -> Reply:
    """End a file."""
    del state.assets[asset_at(state, request, asset_id)["id"]]
    return Reply(204)


def asset_at(state: State, request: Request, asset_id: str) -> dict[str, Any]:
    """Return the file of an address."""
    asset = state.assets.get(asset_id)
    if asset is None or asset["app"] != request.app:
        raise Refused(nothing())
    return asset


def shown(asset: dict[str, Any]) -> dict[str, Any]:
    """Return what of a file is told."""
    return {name: value for name, value in asset.items() if name != "app"}
