"""The Publishing API's documents and the commands on them, in memory.

Source: alphagov/publishing-api `app/commands/v2/`.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from content_preview_client.memory import proposals
from content_preview_client.memory.conformity import check_record, check_schema
from content_preview_client.memory.drafts import end_links
from content_preview_client.memory.paths import reserve
from content_preview_client.memory.presentation import present
from content_preview_client.memory.routing import Refused, Reply, Request, command_error, route
from content_preview_client.memory.state import State, StoredDocument, now

ITEM = "/v2/content/{content_id}"
OF_THE_SENDING = ("previous_version", "bulk_publishing")
UPDATE_TYPES = ("major", "minor", "republish", "links", "content_block")
TYPES = ("gone", "redirect", "withdrawal", "vanish")
Command = Callable[[State, Request, str], Reply]


def note(state: State, request: Request, action: str, content_id: str) -> None:
    """Record a command that succeeded."""
    moment = now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
    event = {
        "id": len(state.events) + 1,
        "action": action,
        "user_uid": request.headers.get("X-Govuk-Authenticated-User") or None,
        "created_at": moment,
        "updated_at": moment,
        "request_id": request.headers.get("Govuk-Request-Id") or None,
        "content_id": content_id,
        "payload": {**request.payload, "content_id": content_id},
    }
    state.events.append(event)


def document_at(state: State, content_id: str, payload: dict[str, Any]) -> StoredDocument:
    """Return the document that a command is about, made where it is new."""
    locale = payload.get("locale") or "en"
    found = state.documents.get((content_id, locale))
    return found or StoredDocument(content_id, locale)


def check_version(payload: dict[str, Any], current: int) -> None:
    """Refuse a `previous_version` that is not the current one."""
    sent = payload.get("previous_version")
    if sent is None or int(sent) == current:
        return
    message = (
        f"A lock-version conflict occurred. The `previous_version` you've sent ({sent}) is not "
        f"the same as the current lock version of the edition ({current})."
    )
    raise Refused(command_error(409, message, fields={"previous_version": ["does not match"]}))


@route("PUT", ITEM)
def put_content(state: State, request: Request, content_id: str) -> Reply:
    """Make or change a draft."""
    payload = dict(request.payload)
    check_schema(payload)
    check_record(payload)
    content = {name: one for name, one in payload.items() if name not in OF_THE_SENDING}
    if proposals.pack_of(request):
        return proposals.put_content(state, request, content_id, content)
    document = document_at(state, content_id, payload)
    path = payload.get("base_path")
    if document.draft:
        check_version(payload, document.lock_version)
    if path:
        reserve(state, path, payload["publishing_app"])
        refuse_conflict(state, document, path)
    document.draft = deepcopy(content)
    document.lock_version += 1
    document.updated_at = now()
    state.documents[content_id, document.locale] = document
    state.save(request.app, (content_id, document.locale, "content"), content)
    note(state, request, "PutContent", content_id)
    return Reply(200, present(state, document))


def refuse_conflict(state: State, document: StoredDocument, path: str) -> None:
    """Refuse a path at which the draft of another document stands."""
    for other in state.documents.values():
        if other is document or not other.draft or other.draft.get("base_path") != path:
            continue
        if (other.content_id, other.locale) != (document.content_id, document.locale):
            sentence = (
                f"base path={path} conflicts with content_id={other.content_id} "
                f"and locale={other.locale}"
            )
            raise Refused(command_error(422, sentence, "conflict", {"base": [sentence]}))


@route("GET", ITEM)
def get_content(state: State, request: Request, content_id: str) -> Reply:
    """Get a document's latest edition."""
    locale, store = request.asked("locale", "en"), request.asked("content_store")
    if proposals.pack_of(request):
        return proposals.get_content(state, request, content_id, locale)
    document = state.documents.get((content_id, locale))
    if document is None:
        where = f"document with content_id: {content_id}"
        others = any(one == content_id for one, _ in state.documents)
        what = f"locale: {locale} for {where}" if others else where
        raise Refused(command_error(404, f"Could not find {what}"))
    if (store == "live" and not document.live) or (store == "draft" and not document.draft):
        message = f"Could not find document with content_id: {content_id}"
        raise Refused(command_error(404, message))
    return Reply(200, present(state, document, live=store == "live"))


@route("POST", ITEM + "/publish")
def publish(state: State, request: Request, content_id: str) -> Reply:
    """Publish a draft."""
    payload = request.payload
    if proposals.pack_of(request):
        return proposals.publish(state, request, content_id)
    document = document_at(state, content_id, payload)
    if document.draft is None:
        if document.live and not document.unpublishing:
            message = "Cannot publish an already published edition"
            raise Refused(command_error(409, message, fields={}))
        message = f"Item with content_id {content_id} and locale {document.locale} does not exist"
        raise Refused(command_error(404, message, fields={}))
    check_update_type(payload.get("update_type", document.draft.get("update_type")))
    check_version(payload, document.lock_version)
    document.live, document.draft, document.unpublishing = document.draft, None, None
    document.live_number += 1
    document.updated_at = now()
    end(state, content_id, document.locale, "published")
    note(state, request, "Publish", content_id)
    return Reply(200, {"content_id": content_id})


def check_update_type(update_type: Any) -> None:
    """Refuse an update type that is absent or unknown."""
    if not update_type:
        fields = {"update_type": ["is invalid"]}
        raise Refused(command_error(422, "update_type is required", fields=fields))
    if update_type not in UPDATE_TYPES:
        listed = ", ".join(f'"{one}"' for one in UPDATE_TYPES)
        message = f"An update_type of '{update_type}' is invalid"
        fields = {"update_type": [f"must be one of [{listed}]"]}
        raise Refused(command_error(422, message, fields=fields))


@route("POST", ITEM + "/unpublish")
def unpublish(state: State, request: Request, content_id: str) -> Reply:
    """Take a document away."""
    payload = request.payload
    if proposals.pack_of(request):
        check_unpublishing(payload)
        return proposals.unpublish(state, request, content_id)
    if payload.get("allow_draft") and payload.get("discard_drafts"):
        message = "allow_draft and discard_drafts cannot be used together"
        raise Refused(command_error(422, message, fields={}))
    document = document_at(state, content_id, payload)
    edition = document.draft if payload.get("allow_draft") else document.live
    if edition is None:
        raise Refused(command_error(404, "Could not find an edition to unpublish", fields={}))
    check_version(payload, document.lock_version)
    if document.draft and not payload.get("allow_draft"):
        if payload.get("discard_drafts") is not True:
            raise Refused(command_error(422, "Cannot unpublish with a draft present", fields={}))
        document.draft = None
        document.lock_version += 1
    check_unpublishing(payload)
    document.live, document.draft = edition, None
    document.unpublishing = {
        name: payload[name]
        for name in ("type", "explanation", "alternative_path", "redirects", "unpublished_at")
        if payload.get(name) is not None
    }
    state.end((content_id, document.locale, "unpublishing"), "published")
    end(state, content_id, document.locale, "discarded")
    note(state, request, "Unpublish", content_id)
    return Reply(200, {"content_id": content_id})


def check_unpublishing(payload: dict[str, Any]) -> None:
    """Refuse an unpublishing that is not complete."""
    kind = payload.get("type")
    if not kind:
        raise Refused(command_error(422, "type is required", "type_missing", {}))
    if kind not in TYPES:
        message = f"{kind} is not a valid unpublishing type"
        raise Refused(command_error(422, message, fields={}))
    if kind == "withdrawal" and not payload.get("explanation"):
        message = "Validation failed: Explanation can't be blank"
        raise Refused(command_error(422, message, fields={}))
    if kind == "redirect" and not (payload.get("alternative_path") or payload.get("redirects")):
        message = "Validation failed: Redirects can't be blank"
        raise Refused(command_error(422, message, fields={}))


@route("POST", ITEM + "/republish")
def republish(state: State, request: Request, content_id: str) -> Reply:
    """Publish the live edition again."""
    if proposals.pack_of(request):
        return proposals.republish(state, request, content_id)
    document = document_at(state, content_id, request.payload)
    if document.live is None:
        message = (
            f"A live item with content_id {content_id} and locale {document.locale} does not exist"
        )
        raise Refused(command_error(404, message, fields={}))
    check_version(request.payload, document.lock_version)
    document.unpublishing = None
    note(state, request, "Republish", content_id)
    return Reply(200, {"content_id": content_id})


@route("POST", ITEM + "/discard-draft")
def discard_draft(state: State, request: Request, content_id: str) -> Reply:
    """Discard a draft."""
    if proposals.pack_of(request):
        return proposals.discard_draft(state, request, content_id)
    document = document_at(state, content_id, request.payload)
    if document.draft is None:
        raise Refused(
            command_error(
                422 if document.live else 404,
                "There is not a draft edition of this document to discard",
                "no_draft_to_discard",
            )
        )
    check_version(request.payload, document.lock_version)
    document.draft = None
    document.lock_version += 1
    if not document.live:
        del state.documents[content_id, document.locale]
    end(state, content_id, document.locale, "discarded")
    note(state, request, "DiscardDraft", content_id)
    return Reply(200, {"content_id": content_id})


@route("GET", ITEM + "/events")
def events(state: State, request: Request, content_id: str) -> Reply:
    """List the commands that changed a document."""
    action = request.asked("action")
    rows = [one for one in state.events if one["content_id"] == content_id]
    return Reply(200, [one for one in rows if action in ("", one["action"])])


def end(state: State, content_id: str, locale: str, how: str) -> None:
    """End the preview's draft of a document, and its share links."""
    draft = state.end((content_id, locale, "content"), how)
    if draft:
        end_links(state, draft, how)
