"""From JSON to the frozen dataclasses of `answers.py`, by their annotations.

What the client does not know is left out, so that an older client reads a newer service; what it
needs and does not get is an `UnexpectedAnswer` that names the field.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from content_preview_client.errors import UnexpectedAnswer

T = TypeVar("T")


def decode(kind: type[T], value: Any, where: str = "") -> T:
    """Return `value` as a `kind`; `where` names it in the error.

    Raises:
        UnexpectedAnswer: it is not of that shape.

    """
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"{kind} is no dataclass")
    if not isinstance(value, Mapping):
        raise unexpected(where or kind.__name__, "an object", value)
    given: dict[str, Any] = {}
    hints = hints_of(kind)
    for field in dataclasses.fields(kind):
        if field.name in value:
            place = f"{where or kind.__name__}.{field.name}"
            given[field.name] = read(hints[field.name], value[field.name], place)
        elif not has_default(field):
            raise unexpected(f"{where or kind.__name__}.{field.name}", "a value", None)
    return kind(**given)


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """Return the types of a dataclass's fields."""
    return typing.get_type_hints(kind)


def has_default(field: dataclasses.Field[Any]) -> bool:
    """Say whether a field may be absent."""
    missing = dataclasses.MISSING
    return field.default is not missing or field.default_factory is not missing


def read(kind: Any, value: Any, where: str) -> Any:
    """Return a value as its annotation asks for it."""
    if kind is Any:
        return value
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None:
            return None
        return read(next(one for one in arguments if one is not type(None)), value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise unexpected(where, "a list", value)
        return tuple(read(arguments[0], one, f"{where}[{n}]") for n, one in enumerate(value))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            raise unexpected(where, "an object", value)
        inner = arguments[1]
        return {str(name): read(inner, one, f"{where}.{name}") for name, one in value.items()}
    return plain(kind, value, where)


def plain(kind: Any, value: Any, where: str) -> Any:
    """Return an object, text, number, flag, time or member of an enumeration."""
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return decode(kind, value, where)
    if kind is datetime:
        return moment(value, where)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        try:
            return kind(value)
        except ValueError as error:
            raise unexpected(where, f"one of {[one.value for one in kind]}", value) from error
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not fits:
        raise unexpected(where, f"a {kind.__name__}", value)
    return value


def moment(value: Any, where: str) -> datetime:
    """Read an RFC 3339 time."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise unexpected(where, "a time", value) from error
    if found.tzinfo is None:
        raise unexpected(where, "a time with an offset", value)
    return found


def unexpected(where: str, wanted: str, value: Any) -> UnexpectedAnswer:
    """Return the error that names what did not fit."""
    return UnexpectedAnswer(f"{where} should be {wanted}, not {value!r:.80}.")
