"""Packs and their drafts in the native API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import Enum
from typing import Any

from content_preview_client.answers import Draft, Kind, Member, Members, Pack
from content_preview_client.decoding import decode
from content_preview_client.drafts import ContentId, given, moment, named
from content_preview_client.pages import by_cursor
from content_preview_client.transport import Call, Transport, checked_content_id, checked_id

PACKS = "/api/v1/packs"


class Unchanged(Enum):
    """Stands for what a change leaves as it is, where None means something."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


class Packs:
    """Packs that the app made, or that hold its drafts."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def make(self, name: str, *, description: str = "", as_of: datetime | None = None) -> Pack:
        """Make an empty pack; `as_of` shows it as it will be at that time.

        Raises:
            Invalid: `fields` names what to change.

        """
        body = given({"name": name, "description": description, "as_of": moment(as_of)})
        return decode(Pack, self.transport.send(Call("POST", PACKS, json=body)).json)

    def get(self, pack_id: ContentId) -> Pack:
        """Get a pack."""
        return decode(Pack, self.transport.send(Call("GET", at(pack_id), repeatable=True)).json)

    def list(
        self,
        *,
        name: str | None = None,
        draft: ContentId | None = None,
        updated_since: datetime | None = None,
        state: str | None = None,
        per_page: int = 50,
    ) -> Iterator[Pack]:
        """Give packs, newest first: by part of the name, a draft's content id, or state.

        `state` is `open` (as without it), `archived` or `all`.
        """
        query = {
            "name": name,
            "draft": str(draft) if draft else None,
            "updated_since": moment(updated_since),
            "state": state,
            "per_page": per_page,
        }
        for row in by_cursor(self.transport, PACKS, given(query)):
            yield decode(Pack, row)

    def change(
        self,
        pack_id: ContentId,
        *,
        name: str | None = None,
        description: str | None = None,
        as_of: datetime | Unchanged | None = UNCHANGED,
    ) -> Pack:
        """Change what is named; `as_of=None` shows the pack as of now again."""
        body: dict[str, Any] = given({"name": name, "description": description})
        if not isinstance(as_of, Unchanged):
            body["as_of"] = moment(as_of)
        call = Call("PATCH", at(pack_id), json=body, repeatable=True)
        return decode(Pack, self.transport.send(call).json)

    def archive(self, pack_id: ContentId) -> None:
        """Archive a pack: nobody sees it any more. Its drafts stay as they are."""
        self.transport.send(Call("DELETE", at(pack_id), repeatable=True, gone_is_done=True))

    def members(self, pack_id: ContentId) -> Members:
        """Get the drafts of a pack in order, and the links to drafts that it lacks."""
        call = Call("GET", f"{at(pack_id)}/members", repeatable=True)
        return decode(Members, self.transport.send(call).json)

    def add(
        self,
        pack_id: ContentId,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
        position: int | None = None,
    ) -> Member:
        """Add a draft, last or at `position` from 0; a second call moves it.

        A limited draft of another app waits for its consent: `Member.waits_for_consent`.
        """
        call = Call(
            "PUT",
            member_at(pack_id, content_id),
            query=named(locale, kind),
            json=given({"position": position}),
            repeatable=True,
        )
        return decode(Member, self.transport.send(call).json)

    def remove(
        self,
        pack_id: ContentId,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
    ) -> None:
        """Take a draft out of a pack; the draft's own app can at any time.

        Raises:
            Conflict: the pack does not hold it.

        """
        query = named(locale, kind)
        self.transport.send(Call("DELETE", member_at(pack_id, content_id), query=query))

    def order(self, pack_id: ContentId, members: Iterable[Member | Draft]) -> tuple[Member, ...]:
        """Put the drafts of a pack in this order; it names each of them once.

        Raises:
            Invalid: other drafts than the pack holds.

        """
        named = [
            {
                "content_id": one.content_id,
                "locale": one.locale,
                "kind": one.kind.value,
            }
            for one in members
        ]
        path = f"{at(pack_id)}/members"
        call = Call("PUT", path, json={"members": named}, repeatable=True)
        return tuple(decode(Member, row) for row in self.transport.send(call).json)

    def consent(
        self,
        pack_id: ContentId,
        content_id: ContentId,
        *,
        locale: str = "en",
        kind: Kind = Kind.CONTENT,
    ) -> Member:
        """Agree to a draft of the app's own being shown in a pack; twice changes nothing."""
        query = named(locale, kind)
        path = f"{member_at(pack_id, content_id)}/consent"
        call = Call("POST", path, query=query, repeatable=True)
        return decode(Member, self.transport.send(call).json)


def at(pack_id: ContentId) -> str:
    """Return the address of a pack."""
    return f"{PACKS}/{checked_id(pack_id)}"


def member_at(pack_id: ContentId, content_id: ContentId) -> str:
    """Return the address of a draft in a pack."""
    return f"{at(pack_id)}/members/{checked_content_id(content_id)}"
