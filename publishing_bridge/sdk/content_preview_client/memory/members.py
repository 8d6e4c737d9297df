"""The drafts of packs, in memory."""

from __future__ import annotations

from typing import Any

from content_preview_client.memory.drafts import identity_of, readable
from content_preview_client.memory.packs import own_pack_at, pack_at, refuse
from content_preview_client.memory.routing import Refused, Reply, Request, nothing, problem, route
from content_preview_client.memory.state import State, StoredDraft, StoredMember, StoredPack

MEMBERS = "/api/v1/packs/{pack_id}/members"
MEMBER = MEMBERS + "/{content_id}"
MOST = 500


@route("PUT", MEMBER)
def add(state: State, request: Request, pack_id: str, content_id: str) -> Reply:
    """Add a draft to a pack, or move it."""
    pack = own_pack_at(state, request, pack_id)
    draft = draft_named(state, request, content_id)
    if draft.state != "open":
        raise Refused(nothing())
    member = put_in(pack, draft, waits=draft.limited and draft.app != request.app)
    position = request.payload.get("position")
    if position is not None:
        pack.members.remove(member)
        pack.members.insert(int(position), member)
    return Reply(200, shown(state, request, pack, member))


def put_in(pack: StoredPack, draft: StoredDraft, *, waits: bool) -> StoredMember:
    """Make a draft the last member of a pack, unless it is one already."""
    for member in pack.members:
        if member.draft is draft:
            return member
    if len(pack.members) >= MOST:
        raise Refused(problem(409, "pack-full", f"A pack holds at most {MOST} drafts.", most=MOST))
    member = StoredMember(draft, waits)
    pack.members.append(member)
    return member


@route("DELETE", MEMBER)
def remove(state: State, request: Request, pack_id: str, content_id: str) -> Reply:
    """Take a draft out of a pack."""
    pack, draft = pack_at(state, request, pack_id), draft_named(state, request, content_id)
    if request.app not in (pack.owner, draft.app):
        own_pack_at(state, request, pack_id)
    pack.members.remove(member_of(pack, draft))
    return Reply(204)


@route("POST", MEMBER + "/consent")
def consent(state: State, request: Request, pack_id: str, content_id: str) -> Reply:
    """Agree to a draft being shown."""
    pack, draft = pack_at(state, request, pack_id), draft_named(state, request, content_id)
    if draft.app != request.app:
        reason = "not_the_owner_of_this_draft"
        raise Refused(problem(403, "access-denied", f"Access denied: {reason}", reason=reason))
    member = member_of(pack, draft)
    member.waits = False
    return Reply(200, shown(state, request, pack, member))


@route("GET", MEMBERS)
def listing(state: State, request: Request, pack_id: str) -> Reply:
    """List the drafts of a pack, with links to drafts that it lacks."""
    pack = pack_at(state, request, pack_id)
    body = {"members": all_of(state, request, pack), "missing": missing(state, request, pack)}
    return Reply(200, body)


@route("PUT", MEMBERS)
def order(state: State, request: Request, pack_id: str) -> Reply:
    """Put the drafts of a pack in another order."""
    pack = own_pack_at(state, request, pack_id)
    named = [identity_in(one) for one in request.payload.get("members") or ()]
    held = {one.draft.identity: one for one in pack.members}
    if sorted(named) != sorted(held):
        refuse("members", "Name each draft of the pack once.")
    pack.members = [held[one] for one in named]
    return Reply(200, all_of(state, request, pack))


def identity_in(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return what tells a draft from all others."""
    return row["content_id"], row.get("locale", "en"), row.get("kind", "content")


def draft_named(state: State, request: Request, content_id: str) -> StoredDraft:
    """Return the draft of an address, among those that the token may name."""
    draft = state.drafts.get(identity_of(request, content_id))
    if draft is None or (draft.app != request.app and request.app not in state.readers_of_all):
        raise Refused(nothing())
    return draft


def member_of(pack: StoredPack, draft: StoredDraft) -> StoredMember:
    """Return a draft's place in a pack."""
    for member in pack.members:
        if member.draft is draft:
            return member
    detail = "This draft is not in the pack. Get the pack to see what it holds now."
    raise Refused(problem(409, "draft-not-in-pack", detail))


def all_of(state: State, request: Request, pack: StoredPack) -> list[dict[str, Any]]:
    """Return the members that the app may know of."""
    return [
        shown(state, request, pack, one)
        for one in pack.members
        if request.app in (pack.owner, one.draft.app)
    ]


def shown(state: State, request: Request, pack: StoredPack, member: StoredMember) -> dict[str, Any]:
    """Return a member as JSON; what the token may not read is null."""
    draft = member.draft
    content_id, locale, kind = draft.identity
    content = draft.newest.content if readable(state, request, draft) else None
    return {
        "content_id": content_id,
        "locale": locale,
        "kind": kind,
        "app": draft.app,
        "title": None if content is None else content.get("title") or "",
        "base_path": None if content is None else content.get("base_path") or "",
        "version": None if content is None else draft.newest.number,
        "position": pack.members.index(member),
        "added_at": member.added_at.isoformat(),
        "waits_for_consent": member.waits,
        "came_with": None,
    }


def missing(state: State, request: Request, pack: StoredPack) -> list[dict[str, Any]]:
    """Return the links of the pack's drafts to open drafts that it lacks."""
    held = {one.draft.identity[0] for one in pack.members if one.draft.identity[2] == "content"}
    rows = []
    for member in pack.members:
        links = member.draft.newest.content.get("links") or {}
        targets = {target for ids in links.values() for target in ids}
        for draft in state.drafts.values():
            content_id, locale, kind = draft.identity
            wanted = kind == "content" and draft.state == "open" and content_id in targets - held
            if wanted and readable(state, request, draft):
                title = draft.newest.content.get("title") or ""
                source = member.draft.identity[0]
                row = {"content_id": content_id, "locale": locale, "title": title}
                rows.append({**row, "linked_from": source})
    return rows
