"""What a comparison finds: an item's fields, a field's blocks, a block's spans or rows.

Everything is a block, a title or a date as much as a paragraph, so that one renderer serves all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SpanState = Literal["same", "added", "removed"]
State = Literal["same", "added", "removed", "changed", "moved", "moved_away"]
NoteKind = Literal[
    "link",
    "image",
    "alt",
    "formatting",
    "level",
    "box",
    "language",
    "name",
    "file",
    "detail",
    "order",
]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text that both versions have, or only one of them."""

    state: SpanState
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What changed that the text does not show, as a sentence for editors."""

    kind: NoteKind
    sentence: str


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a table; `added` and `removed` are for cells of columns and rows that are."""

    state: State
    spans: tuple[Span, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of a table, all its cells, those of removed columns too."""

    state: State
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class BlockChange:
    """One block: as it stands after the change, or for `removed` and `moved_away` before it.

    kind: as `reading.Kind`, or `text` (one line), `value` (a date, a choice: changed as a whole),
    `entry` (of a list: a tag, a file). spans: the words, in order; empty for a table with `rows`.
    notes: what the words do not show. path: where it stands in the later version, for an anchor.
    """

    state: State
    kind: str
    spans: tuple[Span, ...] = ()
    notes: tuple[Note, ...] = ()
    rows: tuple[RowChange, ...] = ()
    level: int = 0
    box: str = ""
    numbered: bool = False
    path: str = ""

    @property
    def text_changed(self) -> bool:
        """Whether any word differs."""
        return any(span.state != "same" for span in self.spans)


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field under the name that people use.

    pointer: JSON Pointer into the later item. seen: whether readers see it. blocks: all blocks,
    unchanged ones too. coarse: why it was compared less finely, empty where it was not. part:
    whether it is one part of several, its first block the part's title.
    """

    name: str
    pointer: str
    blocks: tuple[BlockChange, ...]
    seen: bool = True
    coarse: str = ""
    part: bool = False

    @property
    def changed(self) -> tuple[BlockChange, ...]:
        """The blocks that are not as they were."""
        return tuple(block for block in self.blocks if block.state != "same")


@dataclass(frozen=True, slots=True)
class ItemDiff:
    """Every field that changed, in the order in which readers come to them; then what is unseen.

    summary: one sentence in plain words. kind: whether there was a page before and is one after.
    """

    summary: str
    kind: Literal["changed", "new", "gone", "same"]
    fields: tuple[FieldDiff, ...] = ()
    unseen: tuple[FieldDiff, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.unseen)


def text_of(spans: tuple[Span, ...], without: SpanState) -> str:
    """Return the text of one side: without `removed` the later, without `added` the earlier."""
    return "".join(span.text for span in spans if span.state != without)


def after(blocks: tuple[BlockChange, ...]) -> list[str]:
    """Return the texts that the later version has, as its blocks would be read."""
    return [side(one, "removed") for one in blocks if one.state not in ("removed", "moved_away")]


def before(blocks: tuple[BlockChange, ...]) -> list[str]:
    """Return the texts that the earlier version had; a moved one stands where it left."""
    return [side(one, "added") for one in blocks if one.state not in ("added", "moved")]


def side(block: BlockChange, without: SpanState) -> str:
    """Return a block's text on one side, rows as lines and cells parted by tabs."""
    if not block.rows:
        return text_of(block.spans, without)
    rows = [row for row in block.rows if row.state != without]
    return "\n".join(
        "\t".join(text_of(cell.spans, without) for cell in row.cells if cell.state != without)
        for row in rows
    )
