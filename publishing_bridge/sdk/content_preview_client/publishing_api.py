"""The Publishing API's form: the same calls that its own clients make, and packs.

With `pack`, a call changes nothing but the pack: it is how a change is shown that has no draft
state, such as other links or an unpublishing. `pack` is a pack's id, or `"own"` for the one that
every draft has.

Source: alphagov/publishing-api `docs/api.md`; alphagov/gds-api-adapters
`lib/gds_api/publishing_api.rb`, for names and arguments.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from content_preview_client.answers import Pack
from content_preview_client.decoding import decode
from content_preview_client.drafts import ContentId, given
from content_preview_client.editions import Edition, ExpandedLinks, Linkable, LinkSet
from content_preview_client.errors import InvalidArgument
from content_preview_client.pages import by_key, by_number
from content_preview_client.transport import Call, Transport, checked_content_id, checked_id

PackName = Pack | uuid.UUID | str | None
OWN = "own"


class PublishingApi:
    """Documents, links, paths and lookups, in the Publishing API's form."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    # --- Documents ---

    def put_content(
        self, content_id: ContentId, payload: Mapping[str, Any], *, pack: PackName = None
    ) -> Edition:
        """Make or change a document's draft.

        `previous_version` in the payload is the `lock_version` that the change was made on. A call
        without it may be sent again when the answer gets lost: it leaves the same draft.

        Raises:
            InvalidContent: it does not conform to its schema.
            PathTaken: another app or document has the path.
            VersionConflict: `previous_version` is stale.

        """
        call = Call(
            "PUT",
            item(content_id),
            json=dict(payload),
            headers=into(pack),
            repeatable="previous_version" not in payload,
        )
        return edition_of(self.transport.send(call).json)

    def get_content(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        content_store: str | None = None,
        pack: PackName = None,
    ) -> Edition:
        """Get a document's latest edition, its draft first; in a pack, what is proposed."""
        query = given({"locale": locale, "content_store": content_store})
        call = Call("GET", item(content_id), query=query, headers=into(pack), repeatable=True)
        return edition_of(self.transport.send(call).json)

    def get_content_items(self, *, fields: Sequence[str] = (), **filters: Any) -> Iterator[Edition]:
        """Give documents page after page: `document_type`, `states`, `q`, `link_<type>`."""
        query = listed({"fields": fields, **filters}, ("fields", "states", "search_in"))
        for row in by_number(self.transport, "/v2/content", query):
            yield edition_of(row)

    def get_editions(self, *, fields: Sequence[str] = (), **filters: Any) -> Iterator[Edition]:
        """Give editions page after page, also while others change: `states`, `order` and more."""
        query = listed({"fields": fields, **filters}, ("fields", "states", "document_types"))
        for row in by_key(self.transport, "/v2/editions", query):
            yield edition_of(row)

    def get_events(self, content_id: ContentId, **filters: str) -> tuple[Mapping[str, Any], ...]:
        """Return the commands that changed a document: `action`, `from`, `to`."""
        call = Call("GET", f"{item(content_id)}/events", query=filters, repeatable=True)
        return tuple(self.transport.send(call).json)

    def publish(
        self,
        content_id: ContentId,
        update_type: str | None = None,
        *,
        locale: str = "en",
        previous_version: int | None = None,
        pack: PackName = None,
    ) -> None:
        """Publish the draft; its share links are over. In a pack nothing goes live."""
        more = given({"update_type": update_type, "previous_version": previous_version})
        self.command("publish", content_id, {"locale": locale, **more}, pack)

    def unpublish(
        self,
        content_id: ContentId,
        type: str,  # noqa: A002 (the platform's own name)
        *,
        locale: str = "en",
        explanation: str | None = None,
        alternative_path: str | None = None,
        redirects: Sequence[Mapping[str, Any]] | None = None,
        pack: PackName = None,
        **more: Any,
    ) -> None:
        """Take a page away: `gone`, `redirect`, `withdrawal` or `vanish`.

        Further fields are the platform's: `discard_drafts`, `allow_draft`, `previous_version`,
        `unpublished_at`.
        """
        payload = {
            "type": type,
            "locale": locale,
            "explanation": explanation,
            "alternative_path": alternative_path,
            "redirects": [dict(one) for one in redirects] if redirects else None,
            **more,
        }
        self.command("unpublish", content_id, given(payload), pack)

    def republish(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        previous_version: int | None = None,
        pack: PackName = None,
    ) -> None:
        """Publish the live edition again, which undoes an unpublishing."""
        more = given({"previous_version": previous_version})
        self.command("republish", content_id, {"locale": locale, **more}, pack)

    def discard_draft(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        previous_version: int | None = None,
        pack: PackName = None,
    ) -> None:
        """Discard the draft; in a pack, take back every proposal for this content.

        Raises:
            NotFound: there is none.
            Invalid: there is none, and the document is live.

        """
        more = given({"previous_version": previous_version})
        self.command("discard-draft", content_id, {"locale": locale, **more}, pack)

    def command(
        self, name: str, content_id: ContentId, payload: Mapping[str, Any], pack: PackName
    ) -> None:
        """Send a command; it is not sent again, because a second one would be refused."""
        call = Call("POST", f"{item(content_id)}/{name}", json=dict(payload), headers=into(pack))
        self.transport.send(call)

    # --- Links ---

    def patch_links(
        self,
        content_id: ContentId,
        links: Mapping[str, Sequence[str]],
        *,
        previous_version: int | None = None,
        bulk_publishing: bool | None = None,
        pack: PackName = None,
    ) -> LinkSet:
        """Replace each type of link that is given; an empty list takes the type away.

        Raises:
            Invalid: links that are none.
            VersionConflict: `previous_version` is stale.

        """
        more = given({"previous_version": previous_version, "bulk_publishing": bulk_publishing})
        call = Call(
            "PATCH",
            link_set(content_id),
            json={"links": {name: list(ids) for name, ids in links.items()}, **more},
            headers=into(pack),
            repeatable=previous_version is None,
        )
        return decode(LinkSet, self.transport.send(call).json)

    def get_links(self, content_id: ContentId, *, pack: PackName = None) -> LinkSet:
        """Get a link set; in a pack, as the proposal would leave it."""
        call = Call("GET", link_set(content_id), headers=into(pack), repeatable=True)
        return decode(LinkSet, self.transport.send(call).json)

    def get_links_for_content_ids(self, content_ids: Sequence[ContentId]) -> dict[str, LinkSet]:
        """Return the link sets of up to a thousand content ids."""
        body = {"content_ids": [checked_content_id(one) for one in content_ids]}
        call = Call("POST", "/v2/links/by-content-id", json=body, repeatable=True)
        return {name: decode(LinkSet, row) for name, row in self.transport.send(call).json.items()}

    def get_expanded_links(
        self,
        content_id: ContentId,
        *,
        locale: str = "en",
        with_drafts: bool = True,
        generate: bool = False,
    ) -> ExpandedLinks:
        """Get the links of an item with what they lead to."""
        query = {"locale": locale, "with_drafts": flag(with_drafts), "generate": flag(generate)}
        path = f"/v2/expanded-links/{checked_content_id(content_id)}"
        return decode(ExpandedLinks, self.get(path, query))

    def get_linked_items(
        self, content_id: ContentId, *, link_type: str, fields: Sequence[str]
    ) -> tuple[Edition, ...]:
        """Return the documents whose link sets link to an item."""
        query = {"link_type": link_type, "fields[]": list(fields)}
        rows = self.get(f"/v2/linked/{checked_content_id(content_id)}", query)
        return tuple(edition_of(row) for row in rows)

    def get_linkables(self, document_type: str) -> tuple[Linkable, ...]:
        """Return the English documents of a type that can be linked to."""
        rows = self.get("/v2/linkables", {"document_type": document_type})
        return tuple(decode(Linkable, row) for row in rows)

    # --- Paths ---

    def lookup_content_ids(
        self, base_paths: Sequence[str], *, with_drafts: bool = False
    ) -> dict[str, str]:
        """Return path → content id, for those paths that have content."""
        body = {"base_paths": list(base_paths), "with_drafts": with_drafts}
        call = Call("POST", "/lookup-by-base-path", json=body, repeatable=True)
        return dict(self.transport.send(call).json)

    def lookup_content_id(self, base_path: str, *, with_drafts: bool = False) -> str | None:
        """Return the content id at a path; None where there is none."""
        return self.lookup_content_ids([base_path], with_drafts=with_drafts).get(base_path)

    def put_path(
        self, base_path: str, publishing_app: str, *, override_existing: bool = False
    ) -> None:
        """Reserve a path for an app.

        Raises:
            PathTaken: another app has it.

        """
        body = {"publishing_app": publishing_app, "override_existing": override_existing}
        self.transport.send(Call("PUT", f"/paths{path_of(base_path)}", json=body, repeatable=True))

    def unreserve_path(self, base_path: str, publishing_app: str) -> None:
        """Give a path back.

        Raises:
            NotFound: nobody has it.
            Invalid: another app has it.

        """
        body = {"publishing_app": publishing_app}
        self.transport.send(Call("DELETE", f"/paths{path_of(base_path)}", json=body))

    def put_intent(self, base_path: str, payload: Mapping[str, Any]) -> None:
        """Say when content will be published."""
        path = f"/publish-intent{path_of(base_path)}"
        self.transport.send(Call("PUT", path, json=dict(payload), repeatable=True))

    def destroy_intent(self, base_path: str) -> None:
        """Take an intent back.

        Raises:
            NotFound: there is none.

        """
        path = f"/publish-intent{path_of(base_path)}"
        self.transport.send(Call("DELETE", path, json={}, repeatable=True, gone_is_done=True))

    def get(self, path: str, query: Mapping[str, Any]) -> Any:
        """Return the JSON at an address."""
        return self.transport.send(Call("GET", path, query=query, repeatable=True)).json


def item(content_id: ContentId) -> str:
    """Return the address of a document."""
    return f"/v2/content/{checked_content_id(content_id)}"


def link_set(content_id: ContentId) -> str:
    """Return the address of a link set."""
    return f"/v2/links/{checked_content_id(content_id)}"


def into(pack: PackName) -> dict[str, str]:
    """Return the header that sends a change into a pack."""
    if pack is None:
        return {}
    if isinstance(pack, Pack):
        return {"Preview-Pack": pack.id}
    return {"Preview-Pack": OWN if pack == OWN else checked_id(pack)}


def listed(filters: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Return filters as the platform reads them: lists as `name[]`."""
    several = (*names, "content_id_aliases")
    return {
        f"{name}[]" if name in several else name: list(value) if name in several else value
        for name, value in filters.items()
        if value is not None and value != ()
    }


def flag(value: bool) -> str:
    """Return a flag as the platform reads it."""
    return "true" if value else "false"


def path_of(base_path: str) -> str:
    """Return a base path.

    Raises:
        InvalidArgument: it does not start with a slash.

    """
    if not base_path.startswith("/"):
        raise InvalidArgument(f"A base path starts with a slash: /{base_path}")
    return base_path


def edition_of(row: Any) -> Edition:
    """Read an edition; what was answered is kept whole beside it."""
    known = {name: value for name, value in row.items() if value is not None}
    return decode(Edition, {**known, "fields": row})
