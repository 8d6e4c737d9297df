"""Draft files of the native API, in memory."""

from __future__ import annotations

import hashlib
import mimetypes
from email import message_from_bytes
from typing import Any

from content_preview_client.memory.routing import Refused, Reply, Request, nothing, problem, route
from content_preview_client.memory.state import State, new_id, now


@route("POST", "/api/v1/assets")
def upload(state: State, request: Request) -> Reply:
    """Keep a file."""
    filename, content = file_of(request)
    if not content:
        raise Refused(problem(422, "invalid-asset", "Send a file that is not empty.", field="file"))
    found = new_id()
    asset = {
        "id": found,
        "file_url": f"{state.origin}/media/{found}/{filename}",
        "filename": filename,
        "content_type": mimetypes.guess_type(filename)[0] or "application/octet-stream",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "created_at": now().isoformat(),
    }
    state.assets[found] = {**asset, "app": request.app, "content": content}
    return Reply(201, asset)


def file_of(request: Request) -> tuple[str, bytes]:
    """Return name and bytes of the file in a form."""
    kind = request.headers.get("Content-Type", "")
    form = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    for part in form.walk():
        if part.get_param("name", header="content-disposition") == "file":
            content: Any = part.get_payload(decode=True)
            return part.get_filename() or "file", content or b""
    raise Refused(problem(422, "invalid-asset", "Send a form with a file.", field="file"))


@route("GET", "/api/v1/assets/{asset_id}")
def get(state: State, request: Request, asset_id: str) -> Reply:
    """Get what is known of a file."""
    asset = state.assets.get(asset_id)
    if asset is None or asset["app"] != request.app:
        raise Refused(nothing())
    return Reply(200, {k: v for k, v in asset.items() if k not in ("app", "content")})
