"""Lines of one object → records: each line's format is found, then the format reads it.

Files may be mixed. The format of the line before is tried first, so that detection costs nothing in
a file of one kind. JSON lines of Signon's or Publishing API's tables never meet the text formats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import orjson

from preview.usage import formats
from preview.usage.formats.registry import (
    JSON_FORMATS,
    TEXT_FORMATS,
    JSONFormat,
    Memory,
    TextFormat,
    Unreadable,
    get,
)
from preview.usage.records import Record

__all__ = ["Found", "Reader", "Unreadable", "formats"]


class Found(NamedTuple):
    """A record, and the name of the format by which it is counted."""

    record: Record
    format: str


@dataclass
class Reader:
    """Reads the lines of one object, in their order.

    `only` names the one format to use; empty finds it line by line.
    """

    memory: Memory = field(default_factory=Memory)
    only: str = ""
    last_json: JSONFormat | None = None
    last_text: TextFormat | None = None

    def read(self, line: bytes) -> Found:
        """Return what the line is.

        Raises:
            Unreadable: no format knows it, or its format can't read it.

        """
        start = line[:1]
        if start == b"{":
            return self.read_json(decoded(line))
        if start in b" \t\r\n":
            line = line.strip()
            if line[:1] == b"{":
                return self.read_json(decoded(line))
        return self.read_text(line)

    def read_json(self, line: dict[str, Any]) -> Found:
        """Read a line that is a JSON object."""
        one = self.last_json
        if one is None or (not one.fits(line) and not self.only):
            one = self.last_json = self.chosen_json(line)
        record = one.parse(line, self.memory)
        return Found(record, one.counted_as(record) if one.counted_as else one.name)

    def read_text(self, line: bytes) -> Found:
        """Read a line of text; bytes that are no UTF-8 are replaced, control characters refused."""
        plain = line.decode("utf-8", "replace").rstrip("\r\n")
        if "\0" in plain:
            raise Unreadable("binary")
        one = self.last_text
        if one is None or (not one.fits(plain, self.memory) and not self.only):
            one = self.last_text = self.chosen_text(plain)
        return Found(one.parse(plain, self.memory), one.name)

    def chosen_json(self, line: dict[str, Any]) -> JSONFormat:
        """Return the format that knows the line."""
        if self.only:
            named = get(self.only)
            if not isinstance(named, JSONFormat):
                raise Unreadable("not_this_format")
            return named
        for one in JSON_FORMATS.values():
            if one.fits(line):
                return one
        raise Unreadable("unknown_format")

    def chosen_text(self, line: str) -> TextFormat:
        """Return the format that knows the line."""
        if self.only:
            named = get(self.only)
            if not isinstance(named, TextFormat):
                raise Unreadable("not_this_format")
            return named
        for one in TEXT_FORMATS.values():
            if one.fits(line, self.memory):
                return one
        raise Unreadable("unknown_format")


def decoded(line: bytes) -> dict[str, Any]:
    """Return the line as a JSON object."""
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise Unreadable("not_json") from None
    if not isinstance(found, dict):
        raise Unreadable("not_an_object")
    return found
