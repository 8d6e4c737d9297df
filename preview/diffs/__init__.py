"""What changed between two versions of a page, told to people. No Django, no network, no tables.

Compare:

* `compare_items(before, after, title_of=…)` → `ItemDiff`: fields under the names that people use,
  in reading order, and apart from them what readers can't see. `.summary` is one sentence.
* `compare_html(before, after)` → `RichDiff`: the blocks of two rich texts or whole pages.
* `same_to_a_reader(before, after)` → bool: whether a page changes at all.

Show, always as safe HTML or plain text whatever the versions held:

* `inline(diff)` and `side_by_side(diff)` → `Markup`, for an `ItemDiff`, `FieldDiff` or `RichDiff`;
  `context=2` leaves out what did not change farther than that many blocks away, None shows all.
* `as_text(diff)` → str, for e-mail.

A comparison is a tree of frozen dataclasses: `ItemDiff` > `FieldDiff` > `BlockChange` > `Span`, or
`RowChange` > `CellChange` > `Span` for tables. `before(blocks)` and `after(blocks)` give back the
texts of either version. Where a text is too large to be compared finely in bounded time, `coarse`
is the sentence that says so.

Source: HTML `ins` and `del` (WHATWG HTML 4.7); WCAG 2.2, 1.3.1 and 1.4.1; alphagov/publishing-api
`content_schemas/` for the fields.
"""

from __future__ import annotations

from preview.diffs.changes import (
    BlockChange,
    CellChange,
    FieldDiff,
    ItemDiff,
    Note,
    RowChange,
    Span,
    after,
    before,
)
from preview.diffs.items import compare_items
from preview.diffs.plain_text import as_text
from preview.diffs.rich import RichDiff, compare_html
from preview.diffs.same import same_to_a_reader
from preview.diffs.show import inline, side_by_side
from preview.diffs.summary import summary_of_blocks

__all__ = [
    "BlockChange",
    "CellChange",
    "FieldDiff",
    "ItemDiff",
    "Note",
    "RichDiff",
    "RowChange",
    "Span",
    "after",
    "as_text",
    "before",
    "compare_html",
    "compare_items",
    "inline",
    "same_to_a_reader",
    "side_by_side",
    "summary_of_blocks",
]
