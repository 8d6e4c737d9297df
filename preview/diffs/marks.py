"""Spans and cells as HTML: told by elements, hidden words and signs, never by colour alone.

No `aria-label`: ARIA 1.2 prohibits names on `ins` and `del`, so the words are in the text.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from preview.diffs.changes import BlockChange, CellChange, RowChange, Span, SpanState

HIDDEN = Markup('<span class="govuk-visually-hidden">{}</span>')
ADDED = Markup('<ins class="diff-added">{}{}{}</ins>')
REMOVED = Markup('<del class="diff-removed">{}{}{}</del>')
MARKS = {
    "added": (ADDED, "Added: ", " (end of added) "),
    "removed": (REMOVED, "Removed: ", " (end of removed) "),
}
LABELS = {
    "added": "Added",
    "removed": "Removed",
    "changed": "Changed",
    "moved": "Moved here",
    "moved_away": "Moved away from here",
}
LABEL = Markup('<strong class="diff-label diff-label--{}">{}</strong> ')
DATA = Markup("<td{}>{}</td>")
HEADER = Markup("<th{}>{}</th>")


def joined(parts: Iterable[Markup]) -> Markup:
    """Return pieces of HTML as one."""
    return Markup("").join(parts)


def text(value: str) -> Markup:
    """Return a text as HTML, its line breaks kept."""
    return Markup("<br>").join(escape(line) for line in value.split("\n"))


def span(one: Span) -> Markup:
    """Return a run of text with its mark."""
    if one.state == "same":
        return text(one.text)
    mark, opening, closing = MARKS[one.state]
    return mark.format(HIDDEN.format(opening), text(one.text), HIDDEN.format(closing))


def spans(many: Iterable[Span], without: SpanState | None = None) -> Markup:
    """Return runs of text; `without` leaves one side's out."""
    return joined(span(one) for one in many if one.state != without)


def label(state: str) -> Markup:
    """Return what happened to a block, in words that everybody sees; nothing for `same`."""
    return LABEL.format(state.replace("_", "-"), LABELS[state]) if state in LABELS else Markup()


def notes(block: BlockChange) -> Markup:
    """Return what the words of a block do not show, as a list."""
    if not block.notes:
        return Markup()
    rows = joined(Markup("<li>{}</li>").format(note.sentence) for note in block.notes)
    return Markup('<ul class="diff-notes">{}</ul>').format(rows)


def table(rows: Iterable[RowChange], without: SpanState | None = None) -> Markup:
    """Return a table; rows and cells that one side lacks are marked as added or removed."""
    inside = joined(row(one, without) for one in rows if one.state != without)
    return Markup('<table class="govuk-table diff-table"><tbody>{}</tbody></table>').format(inside)


def row(one: RowChange, without: SpanState | None) -> Markup:
    """Return a row."""
    cells = joined(cell(each, without) for each in one.cells if each.state != without)
    kind = Markup(' class="diff-row--{}"').format(one.state) if one.state != "same" else Markup()
    return Markup("<tr{}>{}</tr>").format(kind, cells)


def cell(one: CellChange, without: SpanState | None) -> Markup:
    """Return a cell; one without words that came or went says so."""
    inside = spans(one.spans, without)
    if one.state in ("added", "removed") and not one.spans:
        inside = HIDDEN.format(f"{LABELS[one.state]}: empty cell")
    kind = Markup(' class="diff-cell--{}"').format(one.state) if one.state != "same" else Markup()
    return (HEADER if one.header else DATA).format(kind, inside)
