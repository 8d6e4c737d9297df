"""Validation: every rule over a payload, all violations at once, and what a valid one holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preview.schemas import registry
from preview.schemas.json_schema import schema_violations
from preview.schemas.rules import RULES, Checked
from preview.schemas.violation import Violation

MOST = 100


@dataclass(frozen=True)
class DraftContent:
    """The fields of a valid content item that the service itself acts on."""

    locale: str
    schema_name: str
    document_type: str | None
    title: str | None
    base_path: str | None
    organisation: str | None
    access_limited: bool
    access_limited_users: tuple[str, ...]
    access_limited_organisations: tuple[str, ...]
    auth_bypass_ids: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True)
class Validation:
    """The content where it is valid, else every violation (at most 100)."""

    content: DraftContent | None
    violations: tuple[Violation, ...]
    known_schema: bool


def validate(
    payload: Mapping[str, Any], *, content_id: str, schemas_path: Path | None = None
) -> Validation:
    """Check a payload in `publisher_v2` form.

    An unknown `schema_name` is accepted; the rules that hold for every item hold for it too. With
    `schemas_path` the published JSON Schema is applied as well.
    """
    name = payload.get("schema_name")
    schema = registry.find(name) if isinstance(name, str) else None
    checked = Checked(payload, content_id, schema)
    violations = [violation for rule in RULES for violation in rule(checked)]
    if schema and schemas_path and not violations:
        violations += schema_violations(payload, schemas_path, schema.name)
    if violations:
        return Validation(None, tuple(violations[:MOST]), schema is not None)
    return Validation(content_of(payload), (), schema is not None)


def content_of(payload: Mapping[str, Any]) -> DraftContent:
    """Return the facts of a payload that passed every rule."""
    limited = payload.get("access_limited") or {}
    links = payload.get("links") or {}
    organisations = links.get("primary_publishing_organisation") or links.get("organisations") or []
    users = tuple(limited.get("users") or ())
    named = tuple(limited.get("organisations") or ())
    return DraftContent(
        locale=payload.get("locale", "en"),
        schema_name=payload["schema_name"],
        document_type=payload.get("document_type"),
        title=payload.get("title"),
        base_path=payload.get("base_path"),
        organisation=organisations[0] if organisations else None,
        access_limited=bool(users or named),
        access_limited_users=users,
        access_limited_organisations=named,
        auth_bypass_ids=tuple(payload.get("auth_bypass_ids") or ()),
        parent=next(iter(links.get("parent") or ()), None),
    )
