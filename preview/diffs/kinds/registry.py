"""How a kind of field is compared, by the kind's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from preview.diffs.changes import FieldDiff
from preview.diffs.sides import Sides

Compare = Callable[[Sides], Iterator[FieldDiff]]
KINDS: dict[str, Compare] = {}


def kind(name: str) -> Callable[[Compare], Compare]:
    """Register a kind; its function yields the field, or one for each part of it."""

    def register(compare: Compare) -> Compare:
        KINDS[name] = compare
        return compare

    return register
