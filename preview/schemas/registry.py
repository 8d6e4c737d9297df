"""The schemas that GOV.UK publishes: document types, required fields, locales.

Source: alphagov/publishing-api `content_schemas/dist/formats/*/publisher_v2/schema.json`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = json.loads((Path(__file__).parent / "registry.json").read_text("utf-8"))
LOCALES = frozenset(DATA["locales"])
ANY_TYPE = frozenset(DATA["any"])
PAGE = frozenset(
    {
        "base_path",
        "details",
        "document_type",
        "publishing_app",
        "rendering_app",
        "routes",
        "schema_name",
        "title",
    }
)
NO_PATH = PAGE - {"base_path", "rendering_app", "routes"}
REQUIRED = {
    **dict.fromkeys(
        ["contact", "content_block", "facet", "link_collection", "role_appointment"], NO_PATH
    ),
    "world_location": NO_PATH,
    "external_content": NO_PATH | {"description"},
    "role": NO_PATH | {"rendering_app"},
    "gone": frozenset({"document_type", "publishing_app", "schema_name"}),
    "redirect": frozenset(
        {"base_path", "document_type", "publishing_app", "redirects", "schema_name"}
    ),
    "special_route": frozenset(
        {"base_path", "document_type", "publishing_app", "routes", "schema_name"}
    ),
}
UNKNOWN = frozenset({"schema_name"})


@dataclass(frozen=True)
class Schema:
    """A schema: its name, its document types, the fields that an item must have."""

    name: str
    document_types: frozenset[str]
    required: frozenset[str]


@cache
def find(name: str) -> Schema | None:
    """Return the schema of this name; None where GOV.UK has none."""
    types = DATA["schemas"].get(name)
    if types is None:
        return None
    return Schema(
        name,
        ANY_TYPE if types == "*" else frozenset(types),
        REQUIRED.get(name, PAGE),
    )
