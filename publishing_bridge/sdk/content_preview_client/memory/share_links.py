"""Share links of the native API, in memory."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from content_preview_client.memory.drafts import draft_at
from content_preview_client.memory.routing import Refused, Reply, Request, nothing, problem, route
from content_preview_client.memory.state import State, StoredDraft, new_id, now

LINKS = "/api/v1/drafts/{content_id}/share-links"
SHOWN = [
    "id",
    "kind",
    "role",
    "label",
    "purpose",
    "created_at",
    "opens_at",
    "expires_at",
    "revoked_at",
    "ended_reason",
    "version",
    "opened",
]


@route("POST", LINKS)
def make(state: State, request: Request, content_id: str) -> Reply:
    """Make a share link."""
    draft = own_open(state, request, content_id)
    if draft.limited:
        reason = "access_limited_drafts_are_shared_by_people"
        raise Refused(problem(403, "access-denied", f"Access denied: {reason}", reason=reason))
    wanted = request.payload
    check(wanted, draft)
    link = {
        "id": new_id(),
        "draft": draft.id,
        "app": request.app,
        "kind": wanted.get("kind", "named"),
        "role": wanted.get("role", "view"),
        "label": wanted.get("label", ""),
        "purpose": wanted.get("purpose", ""),
        "created_at": now().isoformat(),
        "opens_at": wanted.get("opens_at"),
        "expires_at": wanted["expires_at"],
        "revoked_at": None,
        "ended_reason": "",
        "version": wanted.get("version"),
        "opened": 0,
    }
    state.share_links[link["id"]] = link
    return Reply(201, {**shown(link), "url": f"{state.origin}/s/{new_id()}"})


def check(wanted: dict[str, Any], draft: StoredDraft) -> None:
    """Refuse a link that can't be as asked, with the field to change."""
    kind = wanted.get("kind", "named")
    if kind not in ("named", "passphrase", "anyone"):
        refuse("kind", f'"{kind}" is not a valid choice.')
    if wanted.get("role", "view") not in ("view", "comment", "sign_off"):
        refuse("role", f'"{wanted["role"]}" is not a valid choice.')
    try:
        expires = datetime.fromisoformat(wanted["expires_at"])
    except (KeyError, TypeError, ValueError):
        refuse("expires_at", "Send when the link ends.")
    number = wanted.get("version")
    if number and all(one.number != number for one in draft.versions):
        refuse("version", f"This draft has no version {number}.")
    if expires < now() + timedelta(minutes=5):
        refuse("expires_at", "The link must end at least 5 minutes from now.")
    if kind == "named" and not wanted.get("recipients"):
        refuse("recipients", "Enter the email address of each person the link is for.")
    if kind == "passphrase" and len(str(wanted.get("passphrase", "")).strip()) < 8:
        refuse("passphrase", "Passphrase must be 8 characters or more.")


def refuse(field: str, sentence: str) -> None:
    """Raise the refusal."""
    raise Refused(problem(422, "invalid-share-link", sentence, field=field))


@route("GET", LINKS)
def listing(state: State, request: Request, content_id: str) -> Reply:
    """List a draft's links, newest first."""
    draft = own_open(state, request, content_id)
    rows = [one for one in state.share_links.values() if one["draft"] == draft.id]
    return Reply(200, [shown(one) for one in reversed(rows)])


@route("POST", "/api/v1/share-links/{link_id}/revoke")
def revoke(state: State, request: Request, link_id: str) -> Reply:
    """Revoke a link; a second call changes nothing."""
    link = state.share_links.get(link_id)
    if link is None or link["app"] != request.app:
        raise Refused(nothing())
    if link["revoked_at"] is None:
        link["revoked_at"], link["ended_reason"] = now().isoformat(), "revoked"
    return Reply(200, shown(link))


def own_open(state: State, request: Request, content_id: str) -> StoredDraft:
    """Return the app's own open draft."""
    draft = draft_at(state, request, content_id)
    if draft.app != request.app or draft.state != "open":
        raise Refused(nothing())
    return draft


def shown(link: dict[str, Any]) -> dict[str, Any]:
    """Return what of a link is told."""
    return {name: link[name] for name in SHOWN}
