"""The log formats by name; a module of this folder registers itself.

A format says by `fits` whether a line looks like its own, and reads it by `parse`. Lines of JSON
are decoded once, before any format is asked. What a format needs to remember between two lines of
one object (the header of a table) it keeps in `Memory`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from preview.usage.records import Record


class Unreadable(ValueError):
    """A line that can't be used; the text is the cause, one of few, with nothing of the line."""


@dataclass
class Memory:
    """What is known of the object that the lines stand in.

    `app` is the application that the object belongs to, for formats whose lines do not say.
    `header` holds the column names of a table, as its first line has them.
    """

    app: str = ""
    header: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class JSONFormat:
    """A format of one JSON object a line.

    `one_feed` says that one feed carries all hosts, so that any line of it proves that it flows.
    `counted_as` names the format inside an envelope.
    """

    name: str
    title: str
    fits: Callable[[dict[str, Any]], bool]
    parse: Callable[[dict[str, Any], Memory], Record]
    one_feed: bool = False
    counted_as: Callable[[Record], str] | None = None


@dataclass(frozen=True)
class TextFormat:
    """A format of plain lines; `fits` may be asked before a header was seen."""

    name: str
    title: str
    fits: Callable[[str, Memory], bool]
    parse: Callable[[str, Memory], Record]
    one_feed: bool = False


JSON_FORMATS: dict[str, JSONFormat] = {}
TEXT_FORMATS: dict[str, TextFormat] = {}


def register(log_format: JSONFormat | TextFormat) -> None:
    """Add a format; its name must be new."""
    if log_format.name in names():
        raise ValueError(f"Two log formats are called {log_format.name}.")
    if isinstance(log_format, JSONFormat):
        JSON_FORMATS[log_format.name] = log_format
    else:
        TEXT_FORMATS[log_format.name] = log_format


def names() -> tuple[str, ...]:
    """Return the names of all formats."""
    return (*JSON_FORMATS, *TEXT_FORMATS)


def get(name: str) -> JSONFormat | TextFormat:
    """Return a format by its name."""
    return JSON_FORMATS.get(name) or TEXT_FORMATS[name]
