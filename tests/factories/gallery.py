"""The gallery: one invented content item for each page type, and some more for what they can show.

`items/<schema name>[-<what it shows>].json` holds an item in the content store's form. What every
item has is filled in here; a link is a name of `linked.json`; a text `@name` is `texts/name.md`,
as Govspeak.
"""

from __future__ import annotations

import json
import uuid
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "https://harbours.example/")
ALWAYS = {
    "locale": "en",
    "phase": "live",
    "publishing_app": "harbour-publisher",
    "rendering_app": "frontend",
    "first_published_at": "2025-03-04T09:30:00Z",
    "public_updated_at": "2026-01-12T10:15:00Z",
    "updated_at": "2026-01-12T10:15:04Z",
    "details": {},
}


@cache
def items() -> dict[str, dict[str, Any]]:
    """Return every item by its name."""
    return {path.stem: item(path) for path in sorted((FOLDER / "items").glob("*.json"))}


def item(path: Path) -> dict[str, Any]:
    """Return one item, complete."""
    name, schema = path.stem, path.stem.partition("-")[0]
    own = json.loads(path.read_text("utf-8"))
    about = {
        "schema_name": schema,
        "document_type": schema,
        "content_id": content_id(name),
        "base_path": f"/{name.replace('_', '-')}",
    }
    links = own.pop("links", {})
    expanded = {kind: [linked(one) for one in ones] for kind, ones in links.items()}
    return {**ALWAYS, **about, **texts(own), "links": expanded}


def content_id(name: str) -> str:
    """Return the content id that goes with a name."""
    return str(uuid.uuid5(NAMES, name))


@cache
def known() -> dict[str, dict[str, Any]]:
    """Return the items that others link to, by name."""
    found: dict[str, dict[str, Any]] = json.loads((FOLDER / "linked.json").read_text("utf-8"))
    return found


def linked(one: str | dict[str, Any]) -> dict[str, Any]:
    """Return a linked item, with the links that it has itself; an object stands for itself."""
    if isinstance(one, dict):
        return {"locale": "en", "content_id": content_id(str(one["title"])), **texts(one)}
    own = dict(known()[one])
    links = own.pop("links", {})
    below = {kind: [linked(name) for name in names] for kind, names in links.items()}
    return {"content_id": content_id(one), "locale": "en", **texts(own), "links": below}


def texts(value: Any) -> Any:
    """Return the value with the texts that it names."""
    if isinstance(value, dict):
        return {name: texts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [texts(one) for one in value]
    if isinstance(value, str) and value.startswith("@"):
        content = (FOLDER / "texts" / f"{value[1:]}.md").read_text("utf-8")
        return [{"content_type": "text/govspeak", "content": content}]
    return value
