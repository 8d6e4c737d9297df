"""Pages of lists in memory."""

from __future__ import annotations

import base64
from typing import Any

from content_preview_client.memory.routing import Refused, Reply, Request, problem
from content_preview_client.memory.state import State


def page_of(state: State, request: Request, rows: list[Any]) -> Reply:
    """Return the page that a request asks for; its cursor is a secret of the server's."""
    text = request.asked("per_page", "50")
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= 200):
        detail = "per_page is a whole number from 1 to 200."
        raise Refused(problem(422, "invalid-input", detail))
    size, start = int(text), place_of(request.asked("cursor"))
    after = start + size
    address = f"{state.origin}{request.path}?per_page={size}&cursor="
    return Reply(
        200,
        {
            "next": address + cursor_at(after) if after < len(rows) else None,
            "previous": address + cursor_at(max(0, start - size)) if start else None,
            "results": rows[start:after],
        },
    )


def cursor_at(place: int) -> str:
    """Return the cursor of a place."""
    return base64.urlsafe_b64encode(f"from={place}".encode()).decode().rstrip("=")


def place_of(cursor: str) -> int:
    """Return the place of a cursor; nothing is the start."""
    if not cursor:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        return int(text.removeprefix("from="))
    except ValueError as error:
        raise Refused(problem(404, "not-found", "Invalid cursor")) from error
