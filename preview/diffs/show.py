"""A comparison as HTML: in one column with marks, or earlier and later side by side.

Classes start with `diff-`; the style sheet is the page's. Headings of the text are paragraphs here,
said to be headings in words, so that the outline of the page around stays its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from preview.diffs import marks
from preview.diffs.changes import BlockChange, FieldDiff, ItemDiff, SpanState
from preview.diffs.rich import RichDiff
from preview.diffs.summary import NOUNS

CONTEXT = 2
Shown = ItemDiff | FieldDiff | RichDiff
Rows = Callable[[Sequence[BlockChange], int | None], Markup]
BLOCK = Markup('<div class="diff-block diff-block--{} diff-block--{}">{}{}{}{}</div>')
SECTION = Markup(
    '<section class="diff-field"><h{0} class="govuk-heading-s">{1}</h{0}>{2}{3}</section>'
)
COARSE = Markup('<p class="govuk-hint diff-coarse">{}</p>')
SIDES = Markup(
    '<table class="govuk-table diff-sides"><thead><tr><th scope="col">Before</th>'
    '<th scope="col">After</th></tr></thead><tbody>{}</tbody></table>'
)
SIDE = Markup("<tr><td>{}</td><td>{}</td></tr>")
LEFT_OUT = "1 part that did not change is not shown", "{} parts that did not change are not shown"


def inline(diff: Shown, *, context: int | None = CONTEXT, level: int = 3) -> Markup:
    """Return a comparison in one column; `level` is that of the headings with the fields' names."""
    return shown(diff, in_one_column, context, level)


def side_by_side(diff: Shown, *, context: int | None = CONTEXT, level: int = 3) -> Markup:
    """Return a comparison in two columns, earlier and later."""
    return shown(diff, in_two_columns, context, level)


def shown(diff: Shown, rows: Rows, context: int | None, level: int) -> Markup:
    """Return a comparison with its fields' names and what is to be known of them."""
    if isinstance(diff, RichDiff):
        return coarse(diff.coarse) + rows(diff.blocks, context)
    if isinstance(diff, FieldDiff):
        inside = rows(diff.blocks, context)
        return SECTION.format(level, diff.name, coarse(diff.coarse), inside)
    seen = marks.joined(shown(field, rows, context, level) for field in diff.fields)
    if not diff.unseen:
        return seen
    name = "Changes you can't see on the page"
    hidden = marks.joined(unseen(field) for field in diff.unseen)
    return seen + SECTION.format(level, name, "", Markup("<dl>{}</dl>").format(hidden))


def unseen(field: FieldDiff) -> Markup:
    """Return a field that readers can't see, as a line of a list."""
    inside = in_one_column(field.blocks, 0)
    return Markup("<dt>{}</dt><dd>{}</dd>").format(field.name, inside)


def coarse(sentence: str) -> Markup:
    """Return the sentence that says why a comparison is not finer."""
    return COARSE.format(sentence) if sentence else Markup()


def near(blocks: Sequence[BlockChange], context: int | None) -> list[BlockChange | int]:
    """Return the blocks to show, and between them how many are left out."""
    if context is None:
        return list(blocks)
    keep: set[int] = set()
    for at, block in enumerate(blocks):
        if block.state != "same":
            keep.update(range(at - context, at + context + 1))
    found: list[BlockChange | int] = []
    for at, block in enumerate(blocks):
        if at in keep:
            found.append(block)
        elif found and isinstance(found[-1], int):
            found[-1] += 1
        else:
            found.append(1)
    return found


def left_out(count: int) -> Markup:
    """Return the line that stands for unchanged blocks."""
    said = LEFT_OUT[0] if count == 1 else LEFT_OUT[1].format(count)
    return Markup('<p class="govuk-hint diff-left-out">{}</p>').format(said)


def in_one_column(blocks: Sequence[BlockChange], context: int | None) -> Markup:
    """Return blocks one under the other."""
    return marks.joined(
        left_out(one) if isinstance(one, int) else block_html(one) for one in near(blocks, context)
    )


def in_two_columns(blocks: Sequence[BlockChange], context: int | None) -> Markup:
    """Return blocks in rows: earlier, later."""
    rows = []
    for one in near(blocks, context):
        if isinstance(one, int):
            rows.append(SIDE.format(left_out(one), left_out(one)))
            continue
        earlier = "" if one.state in ("added", "moved") else block_html(one, "added")
        later = "" if one.state in ("removed", "moved_away") else block_html(one, "removed")
        rows.append(SIDE.format(earlier, later))
    return SIDES.format(marks.joined(rows))


def block_html(block: BlockChange, without: SpanState | None = None) -> Markup:
    """Return one block: what happened to it, what it is, its words or rows, its notes."""
    happened = marks.label(block.state)
    notes = Markup() if without == "added" and block.state != "removed" else marks.notes(block)
    if block.rows:
        inside = marks.table(block.rows, without)
        return BLOCK.format(block.kind, css(block), happened, "", inside, notes)
    words = Markup("<p>{}{}</p>").format(kind_words(block), marks.spans(block.spans, without))
    return BLOCK.format(block.kind, css(block), happened, "", words, notes)


def css(block: BlockChange) -> str:
    """Return a block's state as part of a class."""
    return block.state.replace("_", "-")


def kind_words(block: BlockChange) -> Markup:
    """Return what a block is, where the words alone do not tell, for those who can't see it."""
    if block.kind in ("paragraph", "text", "value", "entry"):
        return Markup()
    name = NOUNS.get(block.kind, (block.kind, ""))[0]
    which = f" level {block.level}" if block.kind == "heading" and block.level else ""
    return marks.HIDDEN.format(f"{name[:1].upper()}{name[1:]}{which}: ")
