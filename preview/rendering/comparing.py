"""What changed between two versions of a draft, or between the live page and one of them.

Both sides are items as they were presented when their renderings were made, links expanded, so
that a comparison asks nobody and tells of nothing that a viewer of the later side may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from preview.diffs import ItemDiff, compare_items
from preview.drafts.models import Draft
from preview.overlay.overlay import ENGLISH
from preview.rendering.companions import RenderedItem
from preview.rendering.completing import item_at

LIVE = 0  # stands for the live page where versions have their numbers


@dataclass(frozen=True)
class Comparison:
    """A comparison; `live_at` is when the live item was read, where it is one of the sides."""

    diff: ItemDiff
    live_at: datetime | None = None


def kept_item(draft: Draft, number: int, audiences: Sequence[str]) -> RenderedItem | None:
    """Return what a version of a draft showed by itself to audiences; None where nothing is kept.

    The fuller audience counts, of those that are named.
    """
    found = RenderedItem.objects.filter(
        rendering__pack__own_draft=draft,
        rendering__version__draft=draft,
        rendering__version__number=number,
        rendering__audience__in=audiences,
    )
    return english_first(list(found.order_by("rendering__audience", "-rendering__generation")))


def english_first(items: list[RenderedItem]) -> RenderedItem | None:
    """Return the item that stands for all locales of the first rendering: English, if it is there.

    A proposal of links changes a page in every locale; it is compared in one.
    """
    same = [one for one in items if one.rendering_id == items[0].rendering_id]
    return next((one for one in same if one.locale == ENGLISH), same[0] if same else None)


def compare(draft: Draft, before: int, after: int, audiences: Sequence[str]) -> Comparison | None:
    """Compare two versions by their numbers, `LIVE` for the live page; None while one is not kept.

    Each is as it was shown to `audiences`.
    The live page is as it was when the other side was rendered.
    """
    kept = {one: kept_item(draft, one, audiences) for one in {before, after} - {LIVE}}
    if not all(kept.values()):
        return None
    other = next((one for one in kept.values() if one), None)

    def content(number: int) -> dict[str, Any] | None:
        item = kept.get(number)
        if item is not None:
            return stored(item.sha256)
        return stored(other.live_sha256) if other else None

    live_at = other.live_read_at if other and LIVE in (before, after) else None
    return Comparison(compare_items(content(before), content(after)), live_at)


def compare_with_live(item: RenderedItem) -> Comparison:
    """Compare a kept item with the live one of its time."""
    diff = compare_items(stored(item.live_sha256), stored(item.sha256))
    return Comparison(diff, item.live_read_at)


def stored(sha256: str) -> dict[str, Any] | None:
    """Return a kept item as it is compared; None for none.

    An item is one of its own translations, so a new title would be told twice.
    """
    if not sha256:
        return None
    item = item_at(sha256)
    links = item.get("links")
    if isinstance(links, dict) and isinstance(links.get("available_translations"), list):
        others = [one for one in links["available_translations"] if not is_itself(one, item)]
        item["links"] = {**links, "available_translations": others}
    return item


def is_itself(link: Any, item: dict[str, Any]) -> bool:
    """Say whether a link to a translation leads to the item."""
    return isinstance(link, dict) and link.get("locale") == item.get("locale")
