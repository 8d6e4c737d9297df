"""Reading one field of a log line: times, numbers, hosts. Anything unexpected is `Unreadable`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from preview.usage.formats.registry import Unreadable

LONGEST = 16_384


def text(value: Any) -> str:
    """Return a text, empty for nothing; numbers are written out."""
    if value is None or value == "-":
        return ""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[:LONGEST]
    if isinstance(value, int | float):
        return str(value)
    raise Unreadable("field_of_wrong_type")


def agent(value: Any) -> str:
    """Return what a client calls itself: `-` where it said nothing, empty where nobody noted it."""
    return "" if value is None else text(value) or "-"


def moment(value: Any) -> float:
    """Return seconds since 1970 of an ISO 8601 time; without an offset it is UTC."""
    try:
        found = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unreadable("time_unreadable") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    return found.timestamp()


def whole(value: Any) -> int:
    """Return a whole number; a status that is missing is 0."""
    if value is None or value in ("", "-"):
        return 0
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise Unreadable("status_unreadable") from None
    if not 0 <= number <= 999:
        raise Unreadable("status_unreadable")
    return number


def host(value: Any) -> str:
    """Return a host in lower case, without its port."""
    name = text(value).lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0]


def host_of_address(value: Any) -> str:
    """Return the host of a web address, and nothing else of it."""
    address = text(value)
    return host(address.partition("//")[2].partition("/")[0].partition("?")[0]) if address else ""


def pieces(value: Any) -> dict[str, Any]:
    """Return an object inside a line."""
    if isinstance(value, dict):
        return value
    raise Unreadable("field_of_wrong_type")
