"""What a page is made of to a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "heading", "paragraph", "item", "term", "description", "code", "caption", "table", "image"
]


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a block that leads somewhere: its text and its address as written."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Strong:
    """A part of a block that stands out: its text, and how (bold, italic, code …)."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `span` is over how many columns it goes."""

    text: str
    header: bool = False
    links: tuple[Link, ...] = ()
    span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page.

    text: on one line but for line breaks; a table's rows are lines, its cells parted by tabs; an
    image's is its alternative text. level: of a heading, or how deep a list nests. box: what it
    stands in (`quotation`, `warning` …), empty for none. number: of an item in a numbered list.
    address: of an image. language: where it says that it has one. path: where it stands, as
    `slug of the heading above/kind[n]`, n counted from 1 under that heading.
    """

    kind: Kind
    text: str
    level: int = 0
    box: str = ""
    numbered: bool = False
    links: tuple[Link, ...] = ()
    strong: tuple[Strong, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    address: str = ""
    language: str = ""
    path: str = ""

    @property
    def seen(self) -> tuple[object, ...]:
        """All that a reader can tell two blocks apart by: everything but the path."""
        return (
            self.kind,
            self.text,
            self.level,
            self.box,
            self.numbered,
            self.links,
            self.strong,
            self.rows,
            self.address,
            self.language,
        )
