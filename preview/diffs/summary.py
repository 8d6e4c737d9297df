"""What changed, in one sentence such as “Title changed, 1 table row added”."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from preview.diffs.changes import BlockChange, FieldDiff, RowChange

NOUNS = {
    "heading": ("heading", "headings"),
    "paragraph": ("paragraph", "paragraphs"),
    "item": ("list item", "list items"),
    "term": ("term", "terms"),
    "description": ("definition", "definitions"),
    "code": ("code example", "code examples"),
    "caption": ("caption", "captions"),
    "table": ("table", "tables"),
    "row": ("table row", "table rows"),
    "column": ("table column", "table columns"),
    "cell": ("table cell", "table cells"),
    "image": ("image", "images"),
    "link": ("link", "links"),
    "alt": ("image description", "image descriptions"),
    "formatting": ("piece of formatting", "pieces of formatting"),
    "level": ("heading or list level", "heading or list levels"),
    "box": ("box", "boxes"),
    "language": ("language mark", "language marks"),
    "attachment": ("attachment", "attachments"),
}
OF_ENTRIES = {"Attachments": "attachment", "Images": "image"}
VERBS = {"added": "added", "removed": "removed", "changed": "changed", "moved": "moved"}
MOST = 8
Count = tuple[str, str]


def summary_of(fields: Iterable[FieldDiff], unseen: Iterable[FieldDiff]) -> str:
    """Return the sentence."""
    clauses = [clause for field in fields for clause in clauses_of(field)]
    hidden = len(list(unseen))
    if hidden:
        things = "1 thing" if hidden == 1 else f"{hidden} things"
        clauses.append(f"{things} that readers can't see changed")
    return sentence(merged(clauses))


def summary_of_blocks(blocks: Iterable[BlockChange]) -> str:
    """Return the sentence for one rich text."""
    return sentence([phrase(*one) for one in counted(blocks).items()])


def sentence(clauses: list[str]) -> str:
    """Return clauses as one sentence; what is beyond a dozen is counted."""
    if not clauses:
        return "Nothing changed."
    if len(clauses) > MOST + 1:
        clauses = [*clauses[:MOST], f"and {len(clauses) - MOST} other changes"]
    text = ", ".join(clauses)
    return f"{text[:1].upper()}{text[1:]}."


def merged(clauses: list[str]) -> list[str]:
    """Return the clauses, each once."""
    return list(dict.fromkeys(clauses))


def clauses_of(field: FieldDiff) -> Iterator[str]:
    """Return what is to be said of a field."""
    kinds = {block.kind for block in field.blocks}
    if kinds == {"entry"}:
        noun = OF_ENTRIES.get(field.name)
        yield from entries(field, noun) if noun else [f"{name_of(field)} changed"]
    elif kinds <= {"text", "value"}:
        verb = field.blocks[0].state if len(field.blocks) == 1 else "changed"
        yield f"{name_of(field)} {VERBS.get(verb, 'changed')}"
    elif field.part and field.blocks[0].state != "same":
        yield from of_part(field)
    else:
        where = "" if field.name == "Body" else f" in {name_of(field)}"
        yield from (phrase(*one) + where for one in counted(field.blocks).items())


def of_part(field: FieldDiff) -> Iterator[str]:
    """Return what is to be said of a part that came, went, moved or has another title."""
    title, *text = field.blocks
    renamed = title.state == "changed"
    yield f"{name_of(field)} {'renamed' if renamed else VERBS[title.state]}"
    if title.state in ("changed", "moved"):
        inside = counted(text).items()
        yield from (f"{phrase(*one)} in {name_of(field)}" for one in inside)


def name_of(field: FieldDiff) -> str:
    """Return a field's name within a sentence."""
    name = field.name
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def entries(field: FieldDiff, noun: str) -> Iterator[str]:
    """Return what is to be said of a list of files."""
    found: Counter[Count] = Counter()
    for block in field.changed:
        kinds = {note.kind for note in block.notes}
        if "file" in kinds or "image" in kinds:
            found[noun, "replaced"] += 1
        elif "name" in kinds:
            found[noun, "renamed"] += 1
        else:
            found[noun, VERBS.get(block.state, "changed")] += 1
    yield from (phrase(*one) for one in found.items())


def counted(blocks: Iterable[BlockChange]) -> Counter[Count]:
    """Return how many of what came, went, changed or moved."""
    found: Counter[Count] = Counter()
    for block in blocks:
        if block.state in ("added", "removed", "moved"):
            found[block.kind, block.state] += 1
        elif block.state == "changed":
            found.update(inside(block))
    return found


def inside(block: BlockChange) -> Iterator[Count]:
    """Return what changed within a block."""
    if block.text_changed and block.kind != "image":
        yield block.kind, "changed"
    kept = [row for row in block.rows if row.state not in ("added", "removed")]
    yield from (("row", row.state) for row in block.rows if row.state in ("added", "removed"))
    columns = whole_columns(kept)
    yield from (("column", verb) for verb in columns.values())
    for row in kept:
        for at, cell in enumerate(row.cells):
            if cell.state != "same" and at not in columns:
                yield "cell", cell.state
    for note in block.notes:
        yield note.kind, "changed"


def whole_columns(rows: list[RowChange]) -> dict[int, str]:
    """Return which columns came or went: all of their cells did."""
    states = zip_longest(*([cell.state for cell in row.cells] for row in rows))
    found = {}
    for at, column in enumerate(states):
        if len(rows) > 1 and column[0] in ("added", "removed") and len(set(column)) == 1:
            found[at] = column[0]
    return found


def phrase(what: Count, count: int) -> str:
    """Return a count in words: “1 table row added”."""
    one, many = NOUNS.get(what[0], (what[0], what[0]))
    return f"{count} {one if count == 1 else many} {what[1]}"
