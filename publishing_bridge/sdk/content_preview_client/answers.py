"""What the native API answers, as frozen dataclasses; times are aware datetimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a draft proposes: content, other links, or that the page is taken away."""

    CONTENT = "content"
    LINKS = "links"
    UNPUBLISHING = "unpublishing"


class State(StrEnum):
    """How far a rendering is."""

    QUEUED = "queued"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class Remark:
    """One line of the fidelity report: what of the page is not real."""

    kind: str
    what: str
    pointer: str | None = None


@dataclass(frozen=True)
class RenderedPage:
    """One page of a rendering; `size` in bytes, `status` as the live site would answer."""

    path: str
    title: str
    status: int
    sha256: str
    size: int


@dataclass(frozen=True)
class Rendering:
    """A version as it was rendered; `failure` says why there is none."""

    id: str
    content_id: str
    locale: str
    version: int
    state: State
    queued_at: datetime
    ended_at: datetime | None = None
    failure: str | None = None
    renderer: str = ""
    trace_id: str = ""
    remarks: tuple[Remark, ...] = ()
    timings: Mapping[str, Any] = field(default_factory=dict)
    pages: tuple[RenderedPage, ...] = ()

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.state in (State.READY, State.FAILED)


@dataclass(frozen=True)
class Draft:
    """A draft as it stands; `page_url` is its page for staff, `rendering` the newest version's.

    A list of drafts comes without renderings. A proposal of links has the locale "".
    """

    content_id: str
    locale: str
    kind: Kind
    app: str
    state: str
    version: int
    title: str
    base_path: str
    schema_name: str
    document_type: str
    known_schema: bool
    created_at: datetime
    updated_at: datetime
    page_url: str
    rendering: Rendering | None = None
    created: bool = False

    @property
    def etag(self) -> str:
        """Return the entity tag, for `if_match`."""
        return f'"{self.version}"'


@dataclass(frozen=True)
class Version:
    """One version of a draft with the content that was sent."""

    number: int
    sha256: str
    created_at: datetime
    content: Mapping[str, Any]


@dataclass(frozen=True)
class ShareLink:
    """A share link; `url` is there only in the answer that made it."""

    id: str
    kind: str
    role: str
    label: str
    purpose: str
    created_at: datetime
    expires_at: datetime
    opened: int
    opens_at: datetime | None = None
    revoked_at: datetime | None = None
    ended_reason: str | None = None
    version: int | None = None
    url: str | None = None


@dataclass(frozen=True)
class Pack:
    """A pack; `drafts` counts those that it holds, waiting ones included."""

    id: str
    name: str
    description: str
    owner: str
    drafts: int
    created_at: datetime
    updated_at: datetime
    page_url: str
    as_of: datetime | None = None
    archived_at: datetime | None = None


@dataclass(frozen=True)
class Member:
    """A draft in a pack; title, path and version are None where the token may not read it."""

    content_id: str
    locale: str
    kind: Kind
    app: str
    position: int
    added_at: datetime
    waits_for_consent: bool
    title: str | None = None
    base_path: str | None = None
    version: int | None = None
    came_with: str | None = None


@dataclass(frozen=True)
class Missing:
    """A link from a draft of the pack to a draft that is not in it."""

    content_id: str
    locale: str
    title: str
    linked_from: str


@dataclass(frozen=True)
class Members:
    """The drafts of a pack in order, and the links to drafts that it lacks."""

    members: tuple[Member, ...]
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Asset:
    """A draft file; `url` is the address that content uses for it, `size` in bytes.

    `disposition` says if browsers show it (`inline`) or download it (`attachment`).
    """

    id: str
    url: str
    filename: str
    content_type: str
    disposition: str
    size: int
    sha256: str
    created_at: datetime
    updated_at: datetime
