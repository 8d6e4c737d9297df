"""The bare list with which a content item is refused that does not conform to its schema.

Source: alphagov/publishing-api `app/validators/schema_validator.rb`; ruby-json-schema
`lib/json-schema/attributes/`, for the names of attributes and the wording of messages.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Never

import jsonschema_rs
import orjson

from preview import schemas
from preview.schemas import registry
from preview.schemas.json_schema import validator
from publishing_bridge.wire.errors import CommandError

NOT_CONFORMING = "The payload did not conform to the schema"
NAMESPACE = uuid.UUID("2f9a5f0e-8a1c-5d0e-9b57-0f7d0a3f3a10")
MOST = 50
COMBINED = ("allOf", "anyOf", "oneOf")
# The names that ruby-json-schema gives its attributes, where they are not the keyword itself.
ATTRIBUTES = {
    "type": "TypeV4",
    "required": "Required",
    "additionalProperties": "AdditionalProperties",
    "uniqueItems": "UniqueItems",
    "minItems": "MinItems",
    "maxItems": "MaxItems",
    "minLength": "MinLength",
    "maxLength": "MaxLength",
}
# Rules of the service that a published schema has too, with the keyword it has them by. What is
# not here is a rule of the record, checked after the schema.
KEYWORDS = {
    "required": "required",
    "unknown": "additionalProperties",
    "text": "type",
    "name": "pattern",
    "document_type": "enum",
    "base_path": "allOf",
    "update_type": "enum",
    "phase": "enum",
    "date_time": "format",
    "object": "type",
    "links": "type",
    "access_limited": "type",
    "auth_bypass_ids": "type",
    "route": "type",
    "routes": "type",
    "redirects": "type",
}


def check_schema(payload: Mapping[str, Any], folder: Path | None) -> None:
    """Refuse a payload that does not conform.

    `folder` holds the published schemas; without it the service's own rules stand in for them.

    Raises:
        CommandError: 422 with the list of what is wrong.

    """
    name = payload.get("schema_name")
    if not isinstance(name, str) or not name:
        refuse(["Schema could not be validated as the schema_name was not provided"])
    compiled = compiled_schema(folder, name)
    if compiled is None and registry.find(name) is None:
        refuse([f"Unable to find schema for schema_name {name}"])
    item = {key: value for key, value in payload.items() if key != "content_id"}
    found = of_schema(compiled, item, name) if compiled else of_rules(item, name)
    if found:
        refuse(found[:MOST])


def refuse(errors: list[Any]) -> Never:
    """Raise the refusal with its bare list."""
    raise CommandError(422, NOT_CONFORMING, body=errors)


def compiled_schema(folder: Path | None, name: str) -> jsonschema_rs.Draft4Validator | None:
    """Return the published schema called `name`; None where there is none."""
    if folder is None or not name.replace("_", "").isalnum():
        return None
    return validator(folder / name / "publisher_v2" / "schema.json")


def of_schema(
    compiled: jsonschema_rs.Draft4Validator, item: Mapping[str, Any], name: str
) -> list[dict[str, Any]]:
    """Return what a published schema finds wrong, each error where ruby-json-schema reports it.

    That library reports a combination (`allOf` and its like) as one error at the combination; what
    is wrong inside is left out.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for error in compiled.iter_errors(dict(item)):
        path = [str(step) for step in error.instance_path]
        keywords = [str(step) for step in error.schema_path]
        keyword = next((one for one in keywords if one in COMBINED), keywords[-1])
        if keyword in COMBINED:
            path = path[: len(path) - steps_within(keywords, keyword)]
        fragment = "#/" + "/".join(path)
        value = at(item, path)
        message = wording(keyword, fragment, value, error.message)
        found.setdefault((fragment, keyword), described(name, fragment, keyword, message))
    return list(found.values())


def steps_within(keywords: list[str], keyword: str) -> int:
    """Return how many steps of the instance's path lie inside the combination."""
    inside = keywords[keywords.index(keyword) + 1 :]
    return sum(1 for one in inside if one in ("properties", "patternProperties", "items"))


def at(item: Any, path: list[str]) -> Any:
    """Return the value at a path of names and positions; None where there is none."""
    for step in path:
        if isinstance(item, Mapping):
            item = item.get(step)
        elif isinstance(item, list) and step.isdigit() and int(step) < len(item):
            item = item[int(step)]
        else:
            return None
    return item


def of_rules(item: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return what the service's own rules find wrong that a schema would."""
    found = schemas.validate(item, content_id="00000000-0000-4000-8000-000000000000")
    return [
        described(
            name,
            fragment := fragment_of(row),
            keyword := KEYWORDS[row.rule],
            wording(keyword, fragment, at(item, row.pointer.split("/")[1:]), row.sentence),
        )
        for row in found.violations
        if row.rule in KEYWORDS
    ]


def fragment_of(violation: schemas.Violation) -> str:
    """Return where a violation is; what is missing or too much is wrong with its parent."""
    pointer = violation.pointer
    if violation.rule in ("required", "unknown"):
        pointer = pointer.rpartition("/")[0]
    return "#/" + pointer.lstrip("/")


def described(name: str, fragment: str, keyword: str, message: str) -> dict[str, Any]:
    """Return one error in the form of ruby-json-schema."""
    schema = str(uuid.uuid5(NAMESPACE, name))
    return {
        "schema": {"path": schema, "fragment": ""},
        "fragment": fragment,
        "message": f"{message} in schema {schema}#",
        "failed_attribute": ATTRIBUTES.get(keyword, keyword[:1].upper() + keyword[1:]),
    }


def wording(keyword: str, fragment: str, value: Any, otherwise: str) -> str:
    """Return the sentence that ruby-json-schema has for a keyword."""
    subject = f"The property '{fragment}'"
    kind = kind_of(value)
    shown = orjson.dumps(value).decode()[:200]
    sentences = {
        "allOf": f"{subject} of type {kind} did not match all of the required schemas",
        "anyOf": f"{subject} of type {kind} did not match one or more of the required schemas",
        "oneOf": f"{subject} of type {kind} did not match any of the required schemas",
        "enum": f"{subject} value {shown} did not match one of the allowed values",
        "pattern": f"{subject} value {shown} did not match the regex of the schema",
    }
    return sentences.get(keyword, f"{subject}: {otherwise}")


def kind_of(value: Any) -> str:
    """Return JSON's name for the type of a value."""
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer"}
    return names.get(type(value), "null" if value is None else "number")
