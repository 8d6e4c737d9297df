"""Rich text: HTML, or Govspeak that becomes HTML first, block by block."""

from __future__ import annotations

from collections.abc import Iterator

from preview.diffs.changes import FieldDiff
from preview.diffs.kinds.registry import kind
from preview.diffs.rich import compare_html
from preview.diffs.sides import Sides


@kind("rich")
def rich(sides: Sides) -> Iterator[FieldDiff]:
    """Compare as readers see it: the same text in Govspeak and in HTML is no change."""
    if sides.old == sides.new:
        return
    old, new = (holder.html(sides.member) for holder in (sides.before, sides.after))
    found = compare_html(old, new)
    if found:
        yield sides.diff(*found.blocks, coarse=found.coarse)
