"""Editions as the Publishing API presents them, in memory."""

from __future__ import annotations

from typing import Any

from content_preview_client.memory.state import State, StoredDocument

HIDDEN = ("access_limited", "bulk_publishing", "previous_version", "content_id_alias")
DEFAULTS: dict[str, Any] = {
    "auth_bypass_ids": [],
    "details": {},
    "links": {},
    "phase": "live",
    "redirects": [],
    "routes": [],
}


def present(state: State, document: StoredDocument, *, live: bool = False) -> dict[str, Any]:
    """Return a document's latest edition, or its live one."""
    draft = document.draft is not None and not live
    content = document.draft if draft else document.live
    found = of_content(content or {})
    number = document.live_number + 1 if draft else document.live_number
    history = {str(document.live_number): live_state(document)} if document.live else {}
    found |= {
        "content_id": document.content_id,
        "locale": document.locale,
        "content_store": "draft" if draft else "live",
        "publication_state": "draft" if draft else live_state(document),
        "lock_version": document.lock_version,
        "user_facing_version": number,
        "state_history": {**history, **({str(number): "draft"} if draft else {})},
        "updated_at": document.updated_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if draft:
        found["warnings"] = blocking(state, document)
    elif document.unpublishing:
        found["unpublishing"] = document.unpublishing
    return found


def of_content(content: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent in the form of an edition."""
    shown = {**DEFAULTS, **{k: v for k, v in content.items() if k not in HIDDEN}}
    return {name: value for name, value in shown.items() if value is not None}


def live_state(document: StoredDocument) -> str:
    """Return the state of what is live."""
    return "unpublished" if document.unpublishing else "published"


def blocking(state: State, document: StoredDocument) -> dict[str, str]:
    """Return the warning of a draft at whose path another document is live."""
    path = (document.draft or {}).get("base_path")
    for other in state.documents.values():
        another = other.content_id != document.content_id
        if path and another and other.live and other.live.get("base_path") == path:
            sentence = "There is an item of content that prevents this draft from being published"
            return {"content_item_blocking_publish": sentence}
    return {}
