"""Drafts and their versions and renderings in the native API."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from content_preview_client.answers import Draft, Kind, Rendering, State, Version
from content_preview_client.decoding import decode
from content_preview_client.errors import (
    InvalidArgument,
    RenderingFailed,
    RenderingNotReady,
    UnexpectedAnswer,
)
from content_preview_client.pages import by_cursor
from content_preview_client.transport import (
    Answer,
    Call,
    Transport,
    checked_content_id,
    checked_id,
)

DRAFTS = "/api/v1/drafts"
LONGEST_WAIT = 20
PAUSE = 0.2
ContentId = uuid.UUID | str


class Drafts:
    """The drafts that the token may read, and the app's own to change."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def put(
        self,
        content_id: ContentId,
        item: Mapping[str, Any],
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
        wait: int = 0,
        if_match: str | None = None,
        only_new: bool = False,
        idempotency_key: str = "",
    ) -> Draft:
        """Send what is proposed; `Draft.created` says if a version was made.

        `item` is a content item in `publisher_v2` form; for the kind `links` it is
        `{"links": {type: [content id, …]}}`, for `unpublishing` `{"type": "gone", …}`.

        `if_match` is the `etag` of the draft that the change was made on, `only_new` refuses where
        there is a draft already, `wait` is how many seconds (20 at most) the answer may wait for
        the rendering. Each call has an idempotency key of its own, so it can be sent again.

        Raises:
            InvalidContent: with every violation.
            PreconditionFailed: somebody saved in between.
            VersionConflict: the item's own `previous_version` is stale.

        """
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        headers |= precondition(if_match, only_new=only_new)
        call = Call(
            "PUT",
            place(content_id),
            query={**named(locale, kind), "wait": checked_wait(wait)},
            json=dict(item),
            headers=headers,
            repeatable=True,
            wait=wait,
        )
        return draft_of(self.transport.send(call))

    def get(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
        wait: int = 0,
    ) -> Draft:
        """Get a draft; with `wait`, as soon as its rendering has ended, 20 seconds at most."""
        query = {**named(locale, kind), "wait": checked_wait(wait)}
        call = Call("GET", place(content_id), query=query, repeatable=True, wait=wait)
        return draft_of(self.transport.send(call))

    def list(
        self,
        *,
        app: str | None = None,
        organisation: ContentId | None = None,
        document_type: str | None = None,
        state: str | None = None,
        kind: Kind | None = None,
        updated_since: datetime | None = None,
        per_page: int = 50,
    ) -> Iterator[Draft]:
        """Give the drafts that pass the filters, newest first, page after page."""
        query = {
            "app": app,
            "organisation": str(organisation) if organisation else None,
            "document_type": document_type,
            "state": state,
            "kind": Kind(kind).value if kind else None,
            "updated_since": moment(updated_since),
            "per_page": per_page,
        }
        for row in by_cursor(self.transport, DRAFTS, given(query)):
            yield decode(Draft, row)

    def version(
        self,
        content_id: ContentId,
        number: int,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
    ) -> Version:
        """Get a version of a draft with the content that was sent."""
        path = f"{place(content_id)}/versions/{number:d}"
        call = Call("GET", path, query=named(locale, kind), repeatable=True)
        return decode(Version, self.transport.send(call).json)

    def discard(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
        if_match: str | None = None,
    ) -> Draft:
        """Discard a draft: nobody sees it any more, its share links are over.

        Raises:
            Conflict: it is discarded already.

        """
        call = Call(
            "POST",
            f"{place(content_id)}/discard",
            query=named(locale, kind),
            headers=precondition(if_match),
        )
        return draft_of(self.transport.send(call))

    def wait_until_ready(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
        seconds: float = 60.0,
    ) -> Rendering:
        """Return the newest version's rendering once it is ready.

        Raises:
            RenderingFailed: it can't be shown.
            RenderingNotReady: it took longer than `seconds`.

        """
        until = time.monotonic() + seconds
        while True:
            left = max(0.0, until - time.monotonic())
            wait = min(LONGEST_WAIT, int(left))
            rendering = self.get(content_id, locale=locale, kind=kind, wait=wait).rendering
            if rendering and rendering.state is State.READY:
                return rendering
            if rendering and rendering.state is State.FAILED:
                raise RenderingFailed(rendering)
            if left <= PAUSE:
                raise RenderingNotReady(str(content_id), seconds, rendering)
            time.sleep(PAUSE)


class Renderings:
    """Renderings by their id."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def get(self, rendering_id: ContentId) -> Rendering:
        """Get a rendering: its state, pages and fidelity report."""
        call = Call("GET", f"/api/v1/renderings/{checked_id(rendering_id)}", repeatable=True)
        return decode(Rendering, self.transport.send(call).json)


def place(content_id: ContentId) -> str:
    """Return the address of a draft."""
    return f"{DRAFTS}/{checked_content_id(content_id)}"


def named(locale: str, kind: Kind) -> dict[str, str]:
    """Return what tells a draft from others of its content id."""
    return {"locale": locale, "kind": Kind(kind).value}


def draft_of(answer: Answer) -> Draft:
    """Read a draft; its entity tag must be that of its version, else writes would go wrong."""
    draft = replace(decode(Draft, answer.json), created=answer.status == 201)
    if answer.headers.get("ETag", draft.etag).removeprefix("W/") != draft.etag:
        raise UnexpectedAnswer("The ETag of the answer is not its version.", status=answer.status)
    return draft


def checked_wait(wait: int) -> int:
    """Return how long the service may wait.

    Raises:
        InvalidArgument: longer than the service waits.

    """
    if not 0 <= wait <= LONGEST_WAIT:
        raise InvalidArgument(
            f"wait is a number of seconds from 0 to {LONGEST_WAIT}; wait_until_ready waits longer."
        )
    return int(wait)


def precondition(if_match: str | None, *, only_new: bool = False) -> dict[str, str]:
    """Return the headers that refuse a stale write.

    Raises:
        InvalidArgument: both were asked for.

    """
    if if_match and only_new:
        raise InvalidArgument("Pass if_match for a draft that exists, or only_new, not both.")
    if only_new:
        return {"If-None-Match": "*"}
    return {"If-Match": if_match} if if_match else {}


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def moment(value: datetime | None) -> str | None:
    """Return a time as text.

    Raises:
        InvalidArgument: it has no offset.

    """
    if value is None:
        return None
    if value.tzinfo is None:
        raise InvalidArgument("Pass a time with an offset: datetime.now(UTC), not datetime.now().")
    return value.isoformat()
