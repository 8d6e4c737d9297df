"""A comparison as plain text, for e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from preview.diffs.changes import BlockChange, FieldDiff, ItemDiff, RowChange, Span, side
from preview.diffs.rich import RichDiff
from preview.diffs.summary import NOUNS, summary_of_blocks

STATES = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved"}
LONGEST = 400


def as_text(diff: ItemDiff | FieldDiff | RichDiff, *, longest: int = LONGEST) -> str:
    """Return what changed as lines of text; a passage of more than `longest` characters is cut."""
    if isinstance(diff, RichDiff):
        lines = [summary_of_blocks(diff.blocks), *of_blocks(diff.blocks, longest)]
    elif isinstance(diff, FieldDiff):
        lines = list(of_field(diff, longest))
    else:
        lines = [diff.summary]
        for field in diff.fields:
            lines += ["", *of_field(field, longest)]
        if diff.unseen:
            lines += ["", "Changes you can't see on the page"]
            lines += [line for field in diff.unseen for line in of_field(field, longest)]
    return "\n".join(lines) + "\n"


def of_field(field: FieldDiff, longest: int) -> Iterator[str]:
    """Return a field's name and, under it, what changed."""
    yield field.name
    if field.coarse:
        yield f"  {field.coarse}"
    yield from (f"  {line}" for line in of_blocks(field.blocks, longest))


def of_blocks(blocks: Iterable[BlockChange], longest: int) -> Iterator[str]:
    """Return a line for each block that changed, and one for each note."""
    for block in blocks:
        if block.state not in STATES:
            continue
        noun = NOUNS.get(block.kind, ("", ""))[0]
        start = f"{STATES[block.state]} {noun}".rstrip()
        yield f"{start}: {cut(words_of(block), longest)}".removesuffix(": ")
        yield from (f"  {note.sentence}" for note in block.notes)
        if block.state == "changed":
            yield from (f"  {line}" for row in block.rows for line in of_row(row, longest))


def words_of(block: BlockChange) -> str:
    """Return a block's words, with marks where only some changed."""
    if block.rows:
        return (
            ""
            if block.state == "changed"
            else side(block, "same").replace("\n", "; ").replace("\t", ", ")
        )
    return one_line(block.spans, marked=block.state in ("changed", "moved"))


def one_line(spans: Iterable[Span], *, marked: bool = True) -> str:
    """Return spans on one line, those that came or went in brackets that say so."""
    parts = []
    for span in spans:
        text = span.text.replace("\n", " / ").replace("\t", ", ")
        parts.append(text if span.state == "same" or not marked else f"[{span.state}: {text}]")
    return "".join(parts)


def of_row(row: RowChange, longest: int) -> Iterator[str]:
    """Return a row that changed."""
    if row.state == "same":
        return
    whole = row.state in ("added", "removed")
    cells = " | ".join(one_line(cell.spans, marked=not whole) for cell in row.cells)
    yield f"{row.state.capitalize()} row: {cut(cells, longest)}"


def cut(text: str, longest: int) -> str:
    """Return a text that is not too long for a line of an e-mail."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
