"""Requests with the header `Preview-Pack`, in memory: they change the pack and nothing else."""

from __future__ import annotations

import re
from typing import Any

from content_preview_client.memory.members import put_in
from content_preview_client.memory.presentation import of_content
from content_preview_client.memory.routing import ID, Refused, Reply, Request, command_error
from content_preview_client.memory.state import Identity, State, StoredDraft, StoredLinks

UNPUBLISHING = ("type", "explanation", "alternative_path", "redirects", "unpublished_at")


def pack_of(request: Request) -> str:
    """Return the pack that a request names; nothing where it names none."""
    return request.headers.get("Preview-Pack", "").strip()


def propose(
    state: State, request: Request, identity: Identity, content: dict[str, Any]
) -> StoredDraft:
    """Save a proposal as the app's draft and put it into the pack."""
    earlier = state.drafts.get(identity)
    if earlier and earlier.app != request.app:
        fields = {"content_id": ["belongs to another publishing app"]}
        message = "This content_id belongs to another publishing app."
        raise Refused(command_error(422, message, fields=fields))
    named = pack_of(request)
    if named != "own" and not re.fullmatch(ID, named):
        message = "Preview-Pack is the id of a pack, or the word own."
        raise Refused(command_error(422, message, "parameter_missing_or_invalid"))
    pack = state.packs.get(named)
    if named != "own" and (pack is None or pack.archived_at):
        raise Refused(command_error(404, f"Could not find pack: {named}"))
    sent = request.payload.get("previous_version")
    current = earlier.newest.number if earlier else 0
    if sent is not None and int(sent) != current:
        message = (
            f"A lock-version conflict occurred. The `previous_version` you've sent ({sent}) is "
            f"not the same as the current lock version of the edition ({current})."
        )
        fields = {"previous_version": ["does not match"]}
        raise Refused(command_error(409, message, fields=fields))
    draft, _ = state.save(request.app, identity, content)
    if pack:
        put_in(pack, draft, waits=False)
    return draft


def put_content(state: State, request: Request, content_id: str, content: dict[str, Any]) -> Reply:
    """Propose content."""
    locale = content.get("locale") or "en"
    draft = propose(state, request, (content_id, locale, "content"), content)
    return Reply(200, present(draft))


def present(draft: StoredDraft) -> dict[str, Any]:
    """Return a proposal in the form of an edition."""
    content_id, locale, _ = draft.identity
    return of_content(draft.newest.content) | {
        "content_id": content_id,
        "content_store": "draft",
        "locale": locale,
        "lock_version": draft.newest.number,
        "publication_state": "draft",
        "state_history": {"1": "draft"},
        "updated_at": draft.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "user_facing_version": 1,
        "warnings": {},
    }


def own(state: State, request: Request, identity: Identity) -> StoredDraft | None:
    """Return the app's own open proposal; None where there is none."""
    draft = state.drafts.get(identity)
    return draft if draft and draft.app == request.app and draft.state == "open" else None


def get_content(state: State, request: Request, content_id: str, locale: str) -> Reply:
    """Get what is proposed."""
    draft = own(state, request, (content_id, locale, "content"))
    if draft is None:
        message = f"Could not find document with content_id: {content_id}"
        raise Refused(command_error(404, message))
    return Reply(200, present(draft))


def publish(state: State, request: Request, content_id: str) -> Reply:
    """Answer as if it had been published."""
    locale = request.payload.get("locale") or "en"
    if own(state, request, (content_id, locale, "content")) is None:
        message = f"Item with content_id {content_id} and locale {locale} does not exist"
        raise Refused(command_error(404, message, fields={}))
    return Reply(200, {"content_id": content_id})


def unpublish(state: State, request: Request, content_id: str) -> Reply:
    """Propose that a page is taken away."""
    payload = request.payload
    content = {name: payload[name] for name in UNPUBLISHING if payload.get(name) is not None}
    locale = payload.get("locale") or "en"
    # The platform's own check of the version does not hold for this command inside a pack.
    sending = Request(**{**vars(request), "json": {}})
    propose(state, sending, (content_id, locale, "unpublishing"), content)
    return Reply(200, {"content_id": content_id})


def republish(state: State, request: Request, content_id: str) -> Reply:
    """Take a proposal to unpublish back."""
    identity = (content_id, request.payload.get("locale") or "en", "unpublishing")
    if own(state, request, identity):
        state.end(identity, "discarded")
    return Reply(200, {"content_id": content_id})


def discard_draft(state: State, request: Request, content_id: str) -> Reply:
    """Take every proposal for this content back."""
    locale = request.payload.get("locale") or "en"
    found = [
        identity
        for identity in (
            (content_id, locale, "content"),
            (content_id, "", "links"),
            (content_id, locale, "unpublishing"),
        )
        if own(state, request, identity)
    ]
    if not found:
        message = "There is not a draft edition of this document to discard"
        raise Refused(command_error(404, message, "no_draft_to_discard"))
    for identity in found:
        state.end(identity, "discarded")
    return Reply(200, {"content_id": content_id})


def patch_links(
    state: State, request: Request, content_id: str, links: dict[str, list[str]]
) -> Reply:
    """Propose links."""
    identity = (content_id, "", "links")
    earlier = own(state, request, identity)
    proposed = {**(earlier.newest.content["links"] if earlier else {}), **links}
    propose(state, request, identity, {"links": proposed})
    return get_links(state, request, content_id)


def get_links(state: State, request: Request, content_id: str) -> Reply:
    """Get the link set as the proposal would leave it."""
    draft = own(state, request, (content_id, "", "links"))
    live = state.link_sets.get(content_id, StoredLinks()).links
    links = {**live, **(draft.newest.content["links"] if draft else {})}
    body = {
        "content_id": content_id,
        "links": {name: ids for name, ids in sorted(links.items()) if ids},
        "version": draft.newest.number if draft else 0,
    }
    return Reply(200, body)
