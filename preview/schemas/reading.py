"""JSON that has one meaning only, and its canonical bytes.

Source: RFC 8259 (JSON), RFC 7493 (I-JSON) for duplicate names, surrogates and numbers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from preview.errors import MalformedJSON

DEEPEST = 100


class DuplicateName(ValueError):
    """A name that stands twice in one object."""


def parse_json(body: bytes) -> dict[str, Any]:
    """Return the JSON object in `body`, in time linear in its length.

    Raises:
        MalformedJSON: with a sentence that says what is wrong and what to do.

    """
    if not body.strip():
        raise MalformedJSON("The body is empty. Send a content item as a JSON object.")
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise MalformedJSON(
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, "
            f"column {error.colno}. Send UTF-8 JSON.",
            line=error.lineno,
            column=error.colno,
        ) from error
    if not isinstance(value, dict):
        raise MalformedJSON("The body must be a JSON object, in braces.")
    check_values(value)
    try:
        json.loads(body, object_pairs_hook=distinct)
    except DuplicateName as error:
        raise MalformedJSON(
            f"The name {str(error)[:100]!r} stands twice in one object. Send it once."
        ) from error
    return value


def check_values(value: dict[str, Any]) -> None:
    """Refuse NUL characters, integers beyond 64 bits, and nesting deeper than `DEEPEST`."""
    stack: list[tuple[Any, str, int]] = [(value, "", 1)]
    while stack:
        item, pointer, depth = stack.pop()
        if depth > DEEPEST:
            raise MalformedJSON(
                f"The body is nested deeper than {DEEPEST} levels. Send a flatter item.",
                pointer=pointer[:200],
            )
        if isinstance(item, str) and "\0" in item:
            raise MalformedJSON(
                f"The text at {pointer[:200]} holds a NUL character. Remove it.",
                pointer=pointer[:200],
            )
        for name, child in children(item):
            if isinstance(name, str) and "\0" in name:
                raise MalformedJSON("A name holds a NUL character. Remove it.", pointer=pointer)
            stack.append((child, f"{pointer[:200]}/{name}", depth + 1))


def children(item: Any) -> Iterable[tuple[object, Any]]:
    """Give the members of an object or array; nothing for other values."""
    if isinstance(item, dict):
        return item.items()
    return enumerate(item) if isinstance(item, list) else ()


def distinct(pairs: list[tuple[str, Any]]) -> None:
    """Refuse an object in which a name stands twice."""
    if len({name for name, _ in pairs}) != len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise DuplicateName(name)
            seen.add(name)


def canonical(payload: Mapping[str, Any]) -> bytes:
    """Return the one spelling of a payload: UTF-8, names sorted, no white space."""
    return orjson.dumps(payload, option=orjson.OPT_SORT_KEYS)


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 (hex) of canonical bytes."""
    return hashlib.sha256(content).hexdigest()
