"""What the Publishing API answers, as frozen dataclasses.

Source: alphagov/publishing-api `docs/api.md`; fields that this client has no name for stay in
`Edition.fields`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Unpublishing:
    """How a document was taken away."""

    type: str
    explanation: str | None = None
    alternative_path: str | None = None
    redirects: tuple[Mapping[str, Any], ...] | None = None
    unpublished_at: datetime | None = None


@dataclass(frozen=True)
class Edition:
    """One edition of a document; `lock_version` is what `previous_version` takes.

    `fields` is all that was answered. A list answers only the fields that were asked for.
    """

    content_id: str = ""
    locale: str = "en"
    publication_state: str = ""
    lock_version: int = 0
    base_path: str | None = None
    title: str | None = None
    description: Any = None
    schema_name: str = ""
    document_type: str = ""
    publishing_app: str = ""
    content_store: str | None = None
    user_facing_version: int = 1
    update_type: str | None = None
    details: Any = None
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: Mapping[str, str] = field(default_factory=dict)
    unpublishing: Unpublishing | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkSet:
    """The links of a content id that have no draft; `version` is what `previous_version` takes."""

    links: Mapping[str, tuple[str, ...]]
    version: int
    content_id: str = ""


@dataclass(frozen=True)
class ExpandedLinks:
    """The links of an item with what they lead to, by type of link."""

    expanded_links: Mapping[str, tuple[Mapping[str, Any], ...]]
    generated: datetime | None = None
    version: int | None = None


@dataclass(frozen=True)
class Linkable:
    """A document that can be linked to."""

    content_id: str
    title: str | None
    publication_state: str
    base_path: str | None
    internal_name: str | None
