"""What an item holds, for items whose page another application makes or that have none.

Source: alphagov/publishing-api `content_schemas/formats/`, for the forms that fields have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from preview.pages.sanitise import sanitised

MARKUP = re.compile(r"<(p|h[1-6]|ul|ol|div|table|a|br)\b", re.IGNORECASE)
ADDRESS = re.compile(r"(https?://|/)\S+$")
NOTHING = Markup()
DEEPEST = 6
MOST = 400
WORDS = {True: "Yes", False: "No"}


@dataclass(frozen=True)
class Held:
    """A field: its name, and its text, rich text, address or the fields within it."""

    name: str
    text: str = ""
    html: Markup = NOTHING
    href: str = ""
    below: list[Held] = field(default_factory=list)


class Reader:
    """Reads the fields of an item, so many and so deep that a page stays a page."""

    def __init__(self) -> None:
        self.left = MOST

    def within(self, raw: Mapping[str, Any] | list[Any], depth: int = 0) -> list[Held]:
        """Return what an object or a list holds; the members of a list have no names."""
        pairs = (
            [(heading(name), value) for name, value in raw.items()]
            if isinstance(raw, Mapping)
            else [("", value) for value in raw]
        )
        return list(self.read(pairs, depth))

    def read(self, pairs: list[tuple[str, Any]], depth: int) -> Iterator[Held]:
        """Read names and values while there is room."""
        for name, value in pairs:
            if self.left <= 0:
                return
            self.left -= 1
            if (found := self.one(name, value, depth)) is not None:
                yield found

    def one(self, name: str, value: Any, depth: int) -> Held | None:
        """Return one field; None where there is nothing to show."""
        if isinstance(value, Mapping | list):
            if depth >= DEEPEST:
                return None
            below = self.within(value, depth + 1)
            return Held(name, below=below) if below else None
        return plain(name, value)


def plain(name: str, value: Any) -> Held | None:
    """Return a field that holds a text, a number, or yes or no."""
    if isinstance(value, bool):
        return Held(name, WORDS[value])
    text = str(value).strip() if value is not None else ""
    if not text:
        return None
    if MARKUP.search(text):
        return Held(name, html=sanitised(text))
    return Held(name, text, href=text if ADDRESS.match(text) else "")


def heading(name: object) -> str:
    """Return a field's name as people write it."""
    words = str(name).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def held(raw: Mapping[str, Any]) -> list[Held]:
    """Return what an object holds."""
    return Reader().within(raw)
