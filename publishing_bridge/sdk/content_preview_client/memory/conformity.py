"""The Publishing API's refusals of content that does not conform, in memory."""

from __future__ import annotations

import json
import uuid
from typing import Any

from content_preview_client.memory.checks import violations_of
from content_preview_client.memory.routing import Refused, Reply, command_error

KEYWORDS = {
    "required": "Required",
    "unknown": "AdditionalProperties",
    "text": "TypeV4",
    "object": "TypeV4",
    "name": "Pattern",
    "base_path": "AllOf",
    "update_type": "Enum",
    "phase": "Enum",
    "routes": "TypeV4",
}
RECORDS = {
    "locale": ("locale", "must be a supported locale", "validation_failed"),
    "route_path": ("routes", "path must be below the base path", "route_not_below_base_path"),
    "includes_base_path": (
        "routes",
        "must include the base path",
        "routes_must_include_base_path",
    ),
}


def check_schema(payload: dict[str, Any]) -> None:
    """Refuse a payload that does not conform, with the bare list."""
    name = payload.get("schema_name")
    if not isinstance(name, str) or not name:
        sentence = "Schema could not be validated as the schema_name was not provided"
        raise Refused(Reply(422, [sentence]))
    item = {key: value for key, value in payload.items() if key != "content_id"}
    schema = str(uuid.uuid5(uuid.NAMESPACE_URL, name))
    rows = [
        {
            "schema": {"path": schema, "fragment": ""},
            "fragment": "#/" + fragment_of(pointer, rule),
            "message": f"The property '#{pointer}' did not match: {sentence} in schema {schema}#",
            "failed_attribute": KEYWORDS[rule],
        }
        for pointer, sentence, rule in violations_of(item)
        if rule in KEYWORDS
    ]
    if rows:
        raise Refused(Reply(422, json.loads(json.dumps(rows))))


def fragment_of(pointer: str, rule: str) -> str:
    """Return where a violation is; what is missing or too much is wrong with its parent."""
    if rule in ("required", "unknown"):
        pointer = pointer.rpartition("/")[0]
    return pointer.lstrip("/")


def check_record(payload: dict[str, Any]) -> None:
    """Refuse a payload that breaks a rule of records."""
    rows = [RECORDS[rule] for _, _, rule in violations_of(payload) if rule in RECORDS]
    if not rows:
        return
    fields: dict[str, list[str]] = {}
    for field, sentence, _ in rows:
        fields.setdefault(field, []).append(sentence)
    message = ", ".join(f"{field.capitalize()} {sentence}" for field, sentence, _ in rows)
    code = rows[0][2] if len(rows) == 1 else "multiple_validation_errors"
    raise Refused(command_error(422, message, code, fields))
