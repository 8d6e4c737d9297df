"""Link sets of the Publishing API, in memory.

Source: alphagov/publishing-api `app/commands/v2/patch_link_set.rb`.
"""

from __future__ import annotations

import re
from typing import Any

from content_preview_client.memory import proposals
from content_preview_client.memory.documents import check_version, note
from content_preview_client.memory.presentation import present
from content_preview_client.memory.routing import (
    ID,
    Refused,
    Reply,
    Request,
    command_error,
    route,
)
from content_preview_client.memory.state import State, StoredDocument, StoredLinks

LINKS = "/v2/links/{content_id}"
LINK_TYPE = re.compile(r"[a-z0-9_]{1,100}")
SHOWN = ("base_path", "document_type", "schema_name", "title", "description")


@route("PATCH", LINKS)
def patch(state: State, request: Request, content_id: str) -> Reply:
    """Replace each link type that is given."""
    links = checked(request.payload.get("links"))
    if proposals.pack_of(request):
        return proposals.patch_links(state, request, content_id, links)
    found = state.link_sets.get(content_id, StoredLinks())
    check_version(request.payload, found.version)
    merged = {**found.links, **links}
    found.links = {name: ids for name, ids in sorted(merged.items()) if ids}
    found.version += 1
    state.link_sets[content_id] = found
    end_proposal(state, content_id, found.links)
    note(state, request, "PatchLinkSet", content_id)
    return Reply(200, shown(content_id, found))


def end_proposal(state: State, content_id: str, live: dict[str, list[str]]) -> None:
    """End the proposal of links where the live links now are what it proposes."""
    draft = state.drafts.get((content_id, "", "links"))
    if draft and all(live.get(k, []) == v for k, v in draft.newest.content["links"].items()):
        state.end(draft.identity, "published")


def checked(sent: Any) -> dict[str, list[str]]:
    """Return the links that were sent, each target once."""
    if not isinstance(sent, dict):
        fields = {"links": ["are required"]}
        raise Refused(command_error(422, "Links are required", fields=fields))
    problems = [sentence for name, ids in sent.items() if (sentence := wrong_with(name, ids))]
    if problems:
        code = "validation_failed" if len(problems) == 1 else "multiple_validation_errors"
        message = ", ".join(f"Link {one}" for one in problems)
        raise Refused(command_error(422, message, code, {"link": problems}))
    return {name: list(dict.fromkeys(ids)) for name, ids in sent.items()}


def wrong_with(name: str, ids: Any) -> str | None:
    """Return what is wrong with one link type."""
    if not LINK_TYPE.fullmatch(name) or name == "available_translations":
        return f"Invalid link type: {name}"
    if not isinstance(ids, list) or not all(re.fullmatch(ID, str(one)) for one in ids):
        return f"target_content_id of {name} must be a valid UUID"
    return None


def shown(content_id: str, found: StoredLinks) -> dict[str, Any]:
    """Return a link set."""
    return {"content_id": content_id, "links": found.links, "version": found.version}


@route("GET", LINKS)
def get(state: State, request: Request, content_id: str) -> Reply:
    """Get a link set."""
    if proposals.pack_of(request):
        return proposals.get_links(state, request, content_id)
    found = state.link_sets.get(content_id)
    if found is None and not known(state, content_id):
        message = f"Could not find link set with content_id: {content_id}"
        raise Refused(command_error(404, message))
    return Reply(200, shown(content_id, found or StoredLinks()))


@route("POST", "/v2/links/by-content-id")
def several(state: State, request: Request) -> Reply:
    """Get several link sets."""
    ids = request.payload.get("content_ids") or []
    if not ids:
        message = "param is missing or the value is empty or invalid: content_ids"
        raise Refused(command_error(422, message, "parameter_missing_or_invalid"))
    if len(ids) > 1000:
        raise Refused(command_error(413, "Payload size exceeded 1000 ids"))
    sets = {one: state.link_sets.get(one, StoredLinks()) for one in ids}
    return Reply(200, {k: {"links": v.links, "version": v.version} for k, v in sets.items()})


@route("GET", "/v2/expanded-links/{content_id}")
def expanded(state: State, request: Request, content_id: str) -> Reply:
    """Get the links of an item with what they lead to, one level deep."""
    locale = request.asked("locale", "en")
    drafts = request.asked("with_drafts", "true") != "false"
    document = state.documents.get((content_id, locale))
    found = state.link_sets.get(content_id)
    if found is None and not known(state, content_id):
        message = f"Could not find links for content_id: {content_id}"
        raise Refused(command_error(404, message))
    edition = (document.draft if drafts else None) or document.live if document else None
    ids = {**(found.links if found else {}), **((edition or {}).get("links") or {})}
    links = {
        name: rows
        for name, targets in ids.items()
        if (rows := [row for one in targets if (row := target(state, one, locale, drafts=drafts))])
    }
    return Reply(200, {"generated": "2026-01-01T00:00:00Z", "expanded_links": links})


def target(state: State, content_id: str, locale: str, *, drafts: bool) -> dict[str, Any] | None:
    """Return what a link shows of its target; None where it leads nowhere."""
    for language in (locale, "en"):
        document = state.documents.get((content_id, language))
        content = (document.draft if drafts else None) or document.live if document else None
        if document and content:
            row = {name: content[name] for name in SHOWN if content.get(name) is not None}
            withdrawn = bool(document.unpublishing) and not (drafts and document.draft)
            more = {"locale": language, "withdrawn": withdrawn, "links": {}}
            return {"content_id": content_id, **row, **more}
    return None


@route("GET", "/v2/linked/{content_id}")
def linked(state: State, request: Request, content_id: str) -> Reply:
    """List the documents whose link sets link to an item."""
    if not known(state, content_id):
        raise Refused(command_error(404, f"No item with content_id: '{content_id}'"))
    fields, link_type = request.many("fields"), request.asked("link_type")
    rows = [
        present(state, one)
        for one in state.documents.values()
        if content_id in links_of(state, one).get(link_type, ())
    ]
    return Reply(200, [{k: row[k] for k in fields if k in row} for row in rows])


def links_of(state: State, document: StoredDocument) -> dict[str, list[str]]:
    """Return the link set of a document."""
    return state.link_sets.get(document.content_id, StoredLinks()).links


def known(state: State, content_id: str) -> bool:
    """Say whether there is any document of this content id."""
    return any(one == content_id for one, _ in state.documents)
