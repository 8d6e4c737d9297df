"""Share links in the native API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from content_preview_client.answers import ShareLink
from content_preview_client.decoding import decode
from content_preview_client.drafts import ContentId, given, moment, place
from content_preview_client.transport import Call, Transport, checked_id


class More(TypedDict, total=False):
    """What else a link can be asked for.

    `role` is `view`, `comment` or `sign_off`; `label` is for its maker, `purpose` is shown before
    it is opened; `version` pins one, without it the link follows the latest.
    """

    passphrase: str
    anyone: bool
    role: str
    label: str
    purpose: str
    opens_at: datetime | None
    most_people: int | None
    version: int | None


class ShareLinks:
    """Share links of the app's own drafts."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def make(
        self,
        content_id: ContentId,
        *,
        expires_at: datetime,
        locale: str = "en",
        recipients: Sequence[str] = (),
        **more: Unpack[More],
    ) -> ShareLink:
        """Make a share link for `recipients` (e-mail addresses), a passphrase, or anyone.

        The link's `url` is in this answer and nowhere else, ever: keep it.

        Raises:
            Invalid: a link that can't be as asked; `fields` names what to change.
            Forbidden: access-limited drafts are shared by people only.

        """
        wanted: dict[str, Any] = {
            **more,
            "kind": kind_of(more),
            "expires_at": moment(expires_at),
            "opens_at": moment(more.get("opens_at")),
            "recipients": list(recipients),
        }
        wanted.pop("anyone", None)
        call = Call(
            "POST", f"{place(content_id)}/share-links", query={"locale": locale}, json=given(wanted)
        )
        return decode(ShareLink, self.transport.send(call).json)

    def list(self, content_id: ContentId, *, locale: str = "en") -> tuple[ShareLink, ...]:
        """Return a draft's share links, newest first, at most 200."""
        path = f"{place(content_id)}/share-links"
        found = self.transport.send(Call("GET", path, query={"locale": locale}, repeatable=True))
        return tuple(decode(ShareLink, row) for row in found.json)

    def revoke(self, link_id: ContentId) -> ShareLink:
        """Revoke a share link; a second call changes nothing."""
        path = f"/api/v1/share-links/{checked_id(link_id)}/revoke"
        return decode(ShareLink, self.transport.send(Call("POST", path, repeatable=True)).json)


def kind_of(more: More) -> str:
    """Return for whom a link is."""
    if more.get("anyone"):
        return "anyone"
    return "passphrase" if more.get("passphrase") else "named"
