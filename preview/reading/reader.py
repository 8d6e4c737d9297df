"""From tags and texts to blocks, in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from preview.reading.blocks import Block, Cell, Kind, Link, Strong
from preview.reading.boxes import box_of
from preview.reading.events import VOID, Event, Start, events
from preview.reading.gathering import Gathering
from preview.reading.places import Places
from preview.reading.squeeze import squeezed

HEADINGS = {f"h{level}": level for level in range(1, 7)}
KINDS: dict[str, Kind] = {
    **dict.fromkeys(HEADINGS, "heading"),
    "li": "item",
    "dt": "term",
    "dd": "description",
    "pre": "code",
    "figcaption": "caption",
    "caption": "caption",
}
# What stands on lines of its own; every other element, known or not, stands within a line.
OWN_LINES = frozenset({"address", "article", "aside", "blockquote", "body", "caption", "center"})
OWN_LINES |= {"dd", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure"}
OWN_LINES |= {"footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu"}
OWN_LINES |= {"nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary"}
OWN_LINES |= {"table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS}
STANDS_OUT = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "code": "code"}
STANDS_OUT |= {"sub": "subscript", "sup": "superscript", "del": "struck out", "ins": "underlined"}
NOT_READ = frozenset({"head", "script", "style", "template", "noscript", "iframe", "object", "svg"})
MOST_NESTED = 8


def read(html: str) -> tuple[Block, ...]:
    """Return the blocks of any HTML, a text or a whole page, in reading order."""
    return read_events(events(html))


def read_events(found: Iterable[Event]) -> tuple[Block, ...]:
    """Return the blocks of tags and texts, of a page or of a part of one."""
    reader = Reader()
    for event in found:
        if isinstance(event, str):
            reader.text(event)
        elif isinstance(event, Start):
            reader.start(event)
        else:
            reader.end()
    reader.flush()
    return tuple(reader.blocks)


def is_hidden(start: Start) -> bool:
    """Return whether an element is not for readers."""
    return (
        start.tag in NOT_READ
        or "data-preview-furniture" in start.attributes
        or "hidden" in start.attributes
    )


class Reader:
    """The state between two tags."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.now = Gathering()
        self.cell: Gathering | None = None
        self.rows: list[list[Cell]] = []
        self.tables = 0
        self.unread = 0
        self.kinds: list[tuple[Kind, int]] = []
        self.lists: list[str] = []
        self.closers: list[Callable[[], None] | None] = []
        self.boxes: list[str] = []
        self.language = ""
        self.places = Places()
        self.standing_out = 0

    def text(self, text: str) -> None:
        """Take a text."""
        if self.unread:
            return
        into = self.cell or self.now
        if self.kind == "code" and self.cell is None:
            into.parts.append(text)
        elif self.cell is not None or not self.tables or self.kind == "caption":
            into.add(text)

    @property
    def kind(self) -> Kind:
        """What the text of this moment is."""
        return self.kinds[-1][0] if self.kinds else "paragraph"

    def start(self, start: Start) -> None:
        """Take a tag that opens."""
        if self.unread or is_hidden(start):
            self.unread += 1
            self.closers.append(None)
            return
        opened = self.block(start) if start.tag in OWN_LINES else self.inline(start)
        self.closers.append(opened)

    def end(self) -> None:
        """Take a tag that closes."""
        if not self.closers:
            return
        close = self.closers.pop()
        if self.unread:
            self.unread -= 1
        elif close:
            close()

    def inline(self, start: Start) -> Callable[[], None] | None:
        """Open an element within a line; return what its end does."""
        into = self.cell or self.now
        at = len(into.parts)
        if start.tag == "br":
            into.break_line()
        elif start.tag == "img":
            self.image(start)
        elif start.tag == "a" and "href" in start.attributes:
            address = start.get("href").strip()
            return lambda: into.links.append(Link(into.from_part(at), address))
        elif start.tag in STANDS_OUT:
            return self.stand_out(into, STANDS_OUT[start.tag])
        return None

    def stand_out(self, into: Gathering, how: str) -> Callable[[], None]:
        """Open emphasis; below a depth that nobody means, it is not told apart any more."""
        at, told = len(into.parts), self.standing_out < MOST_NESTED
        self.standing_out += 1

        def close() -> None:
            self.standing_out -= 1
            if told and (text := into.from_part(at)):
                into.strong.append(Strong(text, how))

        return close

    def image(self, start: Start) -> None:
        """Add an image: a block of its own after the text so far, words in a cell."""
        alt = squeezed(start.get("alt"))
        if self.cell is not None:
            self.cell.add(f" {alt} ")
            return
        self.flush()
        self.add("image", alt, address=start.get("src").strip())

    def block(self, start: Start) -> Callable[[], None] | None:
        """Open an element that stands on lines of its own; return what its end does."""
        if start.tag in VOID:
            self.part()
            return None
        if start.tag in ("table", "tr", "td", "th"):
            return self.table(start)
        self.part()
        undo: list[Callable[[], object]] = []
        if box := box_of(start):
            self.boxes.append(box)
            undo.append(self.boxes.pop)
        if start.tag in ("ul", "ol"):
            self.lists.append(start.tag)
            undo.append(self.lists.pop)
        caption = start.tag == "caption" and self.tables == 1 and self.cell is None
        if start.tag in KINDS and (caption or not self.tables):
            self.kinds.append((KINDS[start.tag], HEADINGS.get(start.tag, 0)))
            undo.append(self.kinds.pop)
        if start.get("lang") and start.tag not in ("html", "main", "body"):
            outer, self.language = self.language, start.get("lang")
            undo.append(lambda: setattr(self, "language", outer))
        return lambda: self.close(undo)

    def close(self, undo: list[Callable[[], object]]) -> None:
        """End a block."""
        self.part()
        for step in undo:
            step()

    def part(self) -> None:
        """End what is being gathered: a block, or a line of a cell."""
        if self.cell is not None:
            self.cell.break_line()
        elif not self.tables or self.kind == "caption":
            self.flush()

    def table(self, start: Start) -> Callable[[], None] | None:
        """Open a part of a table; a table within a cell is words of that cell."""
        if start.tag == "table":
            if self.tables == 0:
                self.flush()
            self.tables += 1
            return self.end_table
        if self.tables > 1 or self.tables == 0:
            self.part()
            return self.part
        if start.tag == "tr":
            self.rows.append([])
            return None
        self.cell = Gathering()
        span = start.get("colspan")
        columns = min(int(span), 1000) if span.isascii() and span.isdigit() and int(span) else 1
        return lambda: self.end_cell(start.tag == "th", columns)

    def end_cell(self, header: bool, span: int) -> None:
        """Put the cell into its row."""
        if self.cell is not None:
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append(self.cell.cell(header, span))
        self.cell = None

    def end_table(self) -> None:
        """Add the table when the outermost ends."""
        self.tables -= 1
        if self.tables:
            return
        rows = tuple(tuple(row) for row in self.rows if row)
        self.rows, self.cell = [], None
        if any(cell.text for row in rows for cell in row):
            text = "\n".join("\t".join(cell.text for cell in row) for row in rows)
            links = tuple(link for row in rows for cell in row for link in cell.links)
            self.add("table", text, rows=rows, links=links)

    def flush(self) -> None:
        """End the block that is being gathered; one without text is none."""
        if not self.now.parts:
            return
        gathered, self.now = self.now, Gathering()
        text = gathered.as_written() if self.kind == "code" else gathered.text()
        if text.strip():
            links, strong = tuple(gathered.links), tuple(gathered.strong)
            self.add(self.kind, text, links=links, strong=strong)

    def add(self, kind: Kind, text: str, **facts: Any) -> None:
        """Add a block with what is around it."""
        heading = kind == "heading"
        block = Block(
            kind,
            text,
            level=self.kinds[-1][1] if heading else len(self.lists),
            box=self.boxes[-1] if self.boxes else "",
            numbered=kind == "item" and self.lists[-1:] == ["ol"],
            language=self.language,
            path=self.places.next(kind, text),
            **facts,
        )
        self.blocks.append(block)
