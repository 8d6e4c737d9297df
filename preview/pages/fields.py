"""The members of one object of a content item, read by type.

Source: alphagov/publishing-api `content_schemas/formats/`; a field of the wrong type is left out,
with a remark, because a preview with a gap is of more use than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from markupsafe import Markup

from preview import govspeak
from preview.errors import GovspeakError
from preview.pages.embedded import MakeOptions
from preview.pages.remarks import Remarks
from preview.pages.sanitise import readable, sanitised

T = TypeVar("T")
CONTENT_BLOCK = re.compile(r"\{\{embed:[^}\s]+\}\}")


class Fields:
    """The members of one object, by type; what can't be read is left out and remarked."""

    def __init__(
        self, raw: Any, pointer: str, remarks: Remarks, options: MakeOptions = govspeak.Options
    ) -> None:
        self.options = options
        self.raw: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
        self.pointer = pointer
        self.remarks = remarks
        if raw is not None and not isinstance(raw, Mapping):
            self.left_out(pointer, "an object")

    def __bool__(self) -> bool:
        return bool(self.raw)

    def left_out(self, pointer: str, wanted: str) -> None:
        """Remark that something was not what it should be."""
        self.remarks.add("left_out", f"A part is left out because it is not {wanted}.", pointer)

    def of_type(self, name: str, kind: type[T], wanted: str) -> T | None:
        """Return a member of a type; None where it is absent or of another one."""
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
            return value
        self.left_out(f"{self.pointer}/{name}", wanted)
        return None

    def has(self, name: str) -> bool:
        """Return whether the object has a member, whatever it is."""
        return name in self.raw

    def text(self, name: str) -> str:
        """Return a text, empty where there is none."""
        return readable(self.of_type(name, str, "text") or "")

    def flag(self, name: str) -> bool:
        """Return whether a member is true."""
        return bool(self.of_type(name, bool, "true or false"))

    def number(self, name: str) -> int | None:
        """Return a whole number."""
        return self.of_type(name, int, "a whole number")

    def moment(self, name: str) -> datetime | None:
        """Return a time with its offset."""
        value = self.of_type(name, str, "a time")
        if not value:
            return None
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            when = None
        if when is None or when.tzinfo is None or not 1000 <= when.year <= 9998:
            self.left_out(f"{self.pointer}/{name}", "a real time with an offset")
            return None
        return when

    def fields(self, name: str) -> Fields:
        """Return an object, an empty one where there is none."""
        return Fields(self.raw.get(name), f"{self.pointer}/{name}", self.remarks, self.options)

    def objects(self, name: str) -> list[Fields]:
        """Return the objects of a list."""
        rows = self.of_type(name, list, "a list") or []
        pointer = f"{self.pointer}/{name}"
        return [
            Fields(row, f"{pointer}/{at}", self.remarks, self.options)
            for at, row in enumerate(rows)
        ]

    def texts(self, name: str) -> list[str]:
        """Return the texts of a list."""
        rows = self.of_type(name, list, "a list") or []
        return [readable(row) for row in rows if isinstance(row, str)]

    def html(self, name: str) -> Markup:
        """Return rich text as HTML: as it is, or made of the Govspeak where there is no HTML."""
        value = self.raw.get(name)
        if isinstance(value, str):
            return sanitised(value)
        if isinstance(value, list):
            return sanitised(self.resolved(name, value))
        if value is not None:
            self.left_out(f"{self.pointer}/{name}", "text")
        return Markup()

    def govspeak(self, name: str) -> Markup:
        """Return a text that is always Govspeak as HTML."""
        return sanitised(self.rendered(name, self.text(name)))

    def resolved(self, name: str, rows: list[Any]) -> str:
        """Return the HTML of a text that comes in several content types."""
        by_type = {
            str(row.get("content_type")): row["content"]
            for row in rows
            if isinstance(row, Mapping) and isinstance(row.get("content"), str)
        }
        if "text/html" in by_type:
            return str(by_type["text/html"])
        return self.rendered(name, str(by_type.get("text/govspeak", "")))

    def rendered(self, name: str, source: str) -> str:
        """Return the HTML of a Govspeak text; a text that can't be read is left out."""
        if CONTENT_BLOCK.search(source):
            what = "A content block is shown as it is written, because it is not filled in yet."
            self.remarks.add("stubbed", what, f"{self.pointer}/{name}")
        try:
            return govspeak.to_html(source, self.options())
        except GovspeakError as error:
            self.remarks.add("left_out", f"A text is left out: {error}", f"{self.pointer}/{name}")
            return ""
