"""What the server in memory holds."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Identity = tuple[str, str, str]


def now() -> datetime:
    """Return the time."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a new id."""
    return str(uuid.uuid4())


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of canonical JSON."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class StoredVersion:
    """One version of a draft, with what became of its rendering."""

    number: int
    content: dict[str, Any]
    created_at: datetime = field(default_factory=now)
    rendering_id: str = field(default_factory=new_id)
    rendering_state: str = "queued"
    failure: str = ""

    @property
    def sha256(self) -> str:
        """Return the digest of the content."""
        return fingerprint(self.content)


@dataclass
class StoredDraft:
    """A draft of one kind; `state` is open, published or discarded."""

    identity: Identity
    app: str
    versions: list[StoredVersion] = field(default_factory=list)
    state: str = "open"
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    id: str = field(default_factory=new_id)

    @property
    def newest(self) -> StoredVersion:
        """Return the newest version."""
        return self.versions[-1]

    @property
    def limited(self) -> bool:
        """Say whether only named people may see it."""
        limited = self.newest.content.get("access_limited") or {}
        return bool(limited.get("users") or limited.get("organisations"))


@dataclass
class StoredMember:
    """A draft in a pack."""

    draft: StoredDraft
    waits: bool = False
    added_at: datetime = field(default_factory=now)


@dataclass
class StoredPack:
    """A named pack."""

    owner: str
    name: str
    description: str = ""
    as_of: str | None = None
    id: str = field(default_factory=new_id)
    members: list[StoredMember] = field(default_factory=list)
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    archived_at: datetime | None = None


@dataclass
class StoredDocument:
    """A document of the Publishing API: what is a draft, what is live, how it was taken away."""

    content_id: str
    locale: str
    draft: dict[str, Any] | None = None
    live: dict[str, Any] | None = None
    unpublishing: dict[str, Any] | None = None
    lock_version: int = 0
    live_number: int = 0
    updated_at: datetime = field(default_factory=now)


@dataclass
class StoredLinks:
    """A link set."""

    links: dict[str, list[str]] = field(default_factory=dict)
    version: int = 0


@dataclass
class State:
    """Everything."""

    drafts: dict[Identity, StoredDraft] = field(default_factory=dict)
    packs: dict[str, StoredPack] = field(default_factory=dict)
    share_links: dict[str, dict[str, Any]] = field(default_factory=dict)
    assets: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: dict[tuple[str, str], StoredDocument] = field(default_factory=dict)
    link_sets: dict[str, StoredLinks] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    keys: dict[tuple[str, str], tuple[str, int, bool]] = field(default_factory=dict)
    readers_of_all: set[str] = field(default_factory=set)
    renderings_held: bool = False
    renderings_fail: str = ""
    origin: str = "http://content-preview.memory"

    def save(
        self, app: str, identity: Identity, content: Mapping[str, Any]
    ) -> tuple[StoredDraft, bool]:
        """Add a version; the same content as the newest of an open draft adds none."""
        draft = self.drafts.get(identity)
        if draft is None:
            draft = self.drafts[identity] = StoredDraft(identity, app)
        same = draft.versions and draft.newest.sha256 == fingerprint(dict(content))
        if same and draft.state == "open":
            return draft, False
        draft.versions.append(StoredVersion(len(draft.versions) + 1, deepcopy(dict(content))))
        draft.state, draft.updated_at = "open", now()
        return draft, True

    def end(self, identity: Identity, state: str) -> StoredDraft | None:
        """End an open draft, and its share links with it; None where there is none."""
        draft = self.drafts.get(identity)
        if draft is None or draft.state != "open":
            return None
        draft.state, draft.updated_at = state, now()
        return draft
