"""One block while its texts come in: the text squeezed, links and emphasis kept beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

from preview.reading.blocks import Cell, Link, Strong
from preview.reading.squeeze import squeezed

NEW_LINE = "\n"


@dataclass
class Gathering:
    """The texts of a block or cell, with what of them leads somewhere or stands out."""

    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    strong: list[Strong] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a text as it stands in the HTML."""
        self.parts.append(text.replace(NEW_LINE, " "))

    def break_line(self) -> None:
        """Add a line break."""
        self.parts.append(NEW_LINE)

    def from_part(self, at: int) -> str:
        """Return what came since there were `at` parts, on one line."""
        return squeezed("".join(self.parts[at:]))

    def text(self) -> str:
        """Return the text, its lines without spaces around them."""
        whole = "".join(self.parts)
        if NEW_LINE not in whole:
            return squeezed(whole)
        lines = [squeezed(line) for line in whole.split(NEW_LINE)]
        return NEW_LINE.join(line for line in lines if line)

    def as_written(self) -> str:
        """Return the text with all its spaces, for code."""
        return "".join(self.parts).strip("\n")

    def cell(self, header: bool, span: int) -> Cell:
        """Return a table's cell."""
        return Cell(self.text().replace(NEW_LINE, " "), header, tuple(self.links), span)
