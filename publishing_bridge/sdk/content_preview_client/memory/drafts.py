"""Drafts, versions and renderings of the native API, in memory."""

from __future__ import annotations

import re
from typing import Any

from content_preview_client.memory.checks import RULES
from content_preview_client.memory.listing import page_of
from content_preview_client.memory.routing import (
    Refused,
    Reply,
    Request,
    nothing,
    problem,
    route,
)
from content_preview_client.memory.state import (
    Identity,
    State,
    StoredDraft,
    StoredVersion,
    fingerprint,
    now,
)

DRAFT = "/api/v1/drafts/{content_id}"


@route("PUT", DRAFT)
def put(state: State, request: Request, content_id: str) -> Reply:
    """Save a version."""
    item, identity = dict(request.payload), identity_of(request, content_id)
    wanted = wanted_version(request)
    previous = item.pop("previous_version", None)
    check(item, identity)
    key, digest = request.headers.get("Idempotency-Key", ""), fingerprint([identity, item])
    if key and (request.app, key) in state.keys:
        return repeated(state, identity, state.keys[request.app, key], digest, request)
    draft = state.drafts.get(identity)
    if draft and draft.app != request.app:
        detail = "This content_id belongs to another publishing app."
        raise Refused(problem(403, "owned-by-another-app", detail))
    current = draft.newest.number if draft else 0
    refuse_stale(wanted, current, by_header=True)
    if wanted is None and previous is not None:
        refuse_stale(int(previous), current, by_header=False)
    draft, created = state.save(request.app, identity, item)
    if key:
        state.keys[request.app, key] = (digest, draft.newest.number, created)
    return shown(state, draft, 201 if created else 200, request)


def check(item: dict[str, Any], identity: Identity) -> None:
    """Refuse a proposal that is not valid; what it says of its locale is that of the address."""
    content_id, locale, kind = identity
    if kind == "content":
        item.setdefault("locale", locale)
    sent = item.get("locale", locale) if kind != "links" else locale
    if kind == "unpublishing":
        item.pop("locale", None)
    rows = RULES[kind](item)
    if sent != locale:
        rows = [("/locale", f"Send the locale of the address: {locale}.", "locale_of_address")]
    if kind == "content" and item.get("content_id", content_id) != content_id:
        rows.append(("/content_id", "Send the content_id of the address.", "content_id"))
    if rows:
        count = f"{len(rows)} violation{'' if len(rows) == 1 else 's'}"
        listed = [{"pointer": where, "detail": what, "rule": rule} for where, what, rule in rows]
        raise Refused(
            problem(422, "invalid-content", f"The content item has {count}.", errors=listed)
        )


def repeated(
    state: State,
    identity: Identity,
    earlier: tuple[str, int, bool],
    digest: str,
    request: Request,
) -> Reply:
    """Answer a request that was sent before as it was answered then."""
    known, _, created = earlier
    if known != digest:
        raise Refused(
            problem(
                422,
                "idempotency-key-reused",
                "This Idempotency-Key was used for a different request.",
            )
        )
    return shown(state, state.drafts[identity], 201 if created else 200, request)


def wanted_version(request: Request) -> int | None:
    """Return the version that the headers insist on; None when they insist on none."""
    if request.headers.get("If-None-Match") == "*":
        return 0
    wanted = request.headers.get("If-Match")
    if wanted is None or wanted == "*":
        return None
    found = re.fullmatch(r'"(\d{1,9})"', wanted.strip())
    if not found:
        raise Refused(problem(412, "precondition-failed", "Send If-Match with an ETag."))
    return int(found[1])


def refuse_stale(expected: int | None, current: int, *, by_header: bool) -> None:
    """Refuse a write on another version than the current one."""
    if expected is None or expected == current:
        return
    detail = f"You sent a change to version {expected} of this draft, but it is now at {current}."
    if by_header:
        raise Refused(problem(412, "precondition-failed", detail))
    raise Refused(problem(409, "version-conflict", detail, expected=expected, current=current))


@route("GET", DRAFT)
def get(state: State, request: Request, content_id: str) -> Reply:
    """Get a draft; its rendering is ready by now."""
    draft = draft_at(state, request, content_id)
    settle(state, draft.newest)
    return shown(state, draft, 200, request)


@route("GET", "/api/v1/drafts")
def listing(state: State, request: Request) -> Reply:
    """List drafts, newest first."""
    state_wanted, app = request.asked("state"), request.asked("app")
    kind, document_type = request.asked("kind"), request.asked("document_type")
    rows = [
        one
        for one in state.drafts.values()
        if readable(state, request, one)
        and (not state_wanted or one.state == state_wanted)
        and (not app or one.app == app)
        and (not kind or one.identity[2] == kind)
        and (not document_type or one.newest.content.get("document_type") == document_type)
    ]
    rows.sort(key=lambda one: (one.updated_at, one.id), reverse=True)
    return page_of(state, request, [described(state, one) for one in rows])


@route("POST", DRAFT + "/discard")
def discard(state: State, request: Request, content_id: str) -> Reply:
    """Discard a draft."""
    draft = draft_at(state, request, content_id)
    if draft.app != request.app:
        raise Refused(nothing())
    refuse_stale(wanted_version(request), draft.newest.number, by_header=True)
    if state.end(draft.identity, "discarded") is None:
        raise Refused(problem(409, "draft-discarded", "This draft was discarded."))
    end_links(state, draft, "discarded")
    return Reply(200, described(state, draft))


@route("GET", DRAFT + "/versions/{number}")
def version(state: State, request: Request, content_id: str, number: str) -> Reply:
    """Get a version."""
    draft = draft_at(state, request, content_id)
    for one in draft.versions:
        if str(one.number) == number:
            body = {
                "number": one.number,
                "sha256": one.sha256,
                "created_at": one.created_at.isoformat(),
                "content": one.content,
            }
            return Reply(200, body)
    raise Refused(nothing())


@route("GET", "/api/v1/renderings/{rendering_id}")
def rendering(state: State, request: Request, rendering_id: str) -> Reply:
    """Get a rendering."""
    for draft in state.drafts.values():
        for one in draft.versions:
            if one.rendering_id == rendering_id and readable(state, request, draft):
                settle(state, one)
                return Reply(200, rendering_of(draft, one))
    raise Refused(nothing())


def draft_at(state: State, request: Request, content_id: str) -> StoredDraft:
    """Return the draft of this address, among those that the token may read."""
    draft = state.drafts.get(identity_of(request, content_id))
    if draft is None or not readable(state, request, draft):
        raise Refused(nothing())
    return draft


def identity_of(request: Request, content_id: str) -> Identity:
    """Return what tells the draft of this address from others of its content id."""
    kind = request.asked("kind", "content")
    if kind not in RULES:
        raise Refused(problem(422, "invalid-input", f"kind is one of: {', '.join(RULES)}."))
    return content_id, "" if kind == "links" else request.asked("locale", "en"), kind


def readable(state: State, request: Request, draft: StoredDraft) -> bool:
    """Say whether the token may read a draft."""
    if draft.app == request.app:
        return True
    return request.app in state.readers_of_all and not draft.limited


def end_links(state: State, draft: StoredDraft, reason: str) -> None:
    """End the share links of a draft."""
    for link in state.share_links.values():
        if link["draft"] == draft.id and link["revoked_at"] is None:
            link["revoked_at"], link["ended_reason"] = now().isoformat(), reason


def settle(state: State, version: StoredVersion) -> None:
    """Let a rendering end, unless the test holds all of them."""
    if version.rendering_state == "queued" and not state.renderings_held:
        version.failure = state.renderings_fail
        version.rendering_state = "failed" if version.failure else "ready"


def shown(state: State, draft: StoredDraft, status: int, request: Request) -> Reply:
    """Return a draft with its newest rendering."""
    wait = request.asked("wait", "0")
    if not (wait.isascii() and wait.isdecimal() and int(wait) <= 20):
        detail = "wait is a whole number of seconds, at most 20."
        raise Refused(problem(422, "invalid-input", detail))
    if int(wait):
        settle(state, draft.newest)
    body = {**described(state, draft), "rendering": rendering_of(draft, draft.newest)}
    content_id, locale, kind = draft.identity
    place = f"/api/v1/drafts/{content_id}?kind={kind}&locale={locale}"
    return Reply(status, body, {"ETag": f'"{draft.newest.number}"', "Location": place})


def described(state: State, draft: StoredDraft) -> dict[str, Any]:
    """Return a draft as JSON."""
    content_id, locale, kind = draft.identity
    content = draft.newest.content
    if kind != "content":
        told = state.drafts.get((content_id, locale or "en", "content"))
        content = told.newest.content if told and not told.limited else {}
    return {
        "content_id": content_id,
        "locale": locale,
        "kind": kind,
        "app": draft.app,
        "state": draft.state,
        "version": draft.newest.number,
        "title": content.get("title") or "",
        "base_path": content.get("base_path") or "",
        "schema_name": content.get("schema_name") or "",
        "document_type": content.get("document_type") or "",
        "known_schema": True,
        "created_at": draft.created_at.isoformat(),
        "updated_at": draft.updated_at.isoformat(),
        "page_url": f"{state.origin}/drafts/{draft.id}",
    }


def rendering_of(draft: StoredDraft, version: StoredVersion) -> dict[str, Any]:
    """Return a rendering as JSON."""
    content_id, locale, _ = draft.identity
    page = {
        "path": version.content.get("base_path") or "",
        "title": version.content.get("title") or "",
        "status": 200,
        "sha256": version.sha256,
        "size": 1,
    }
    ended = version.rendering_state in ("ready", "failed")
    return {
        "id": version.rendering_id,
        "content_id": content_id,
        "locale": locale,
        "version": version.number,
        "state": version.rendering_state,
        "renderer": "memory",
        "queued_at": version.created_at.isoformat(),
        "ended_at": version.created_at.isoformat() if ended else None,
        "failure": version.failure,
        "trace_id": "",
        "remarks": [],
        "timings": {},
        "pages": [page] if version.rendering_state == "ready" else [],
    }
