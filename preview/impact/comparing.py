"""One live page, as it is and as it is in a pack: the same to a reader, or not."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from preview import pages
from preview.diffs.same import same_to_a_reader
from preview.overlay.overlay import Used
from preview.overlay.presenting import Presenter
from preview.rendering import links, snapshots
from preview.rendering.making import LIVE, remarks, rendered, used

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Compared:
    """Whether a page changes, with its pages before and after where it does.

    Each page is {path, title, status, sha256}; the links of the snapshots lead to the live site.
    `made` is what the pages after were made of, and their remarks.
    """

    changes: bool
    before: list[dict[str, Any]] = field(default_factory=list)
    after: list[dict[str, Any]] = field(default_factory=list)
    made: dict[str, Any] = field(default_factory=dict)


def compare(content_id: str, locale: str, live: Presenter, pack: Presenter) -> Compared:
    """Render an item without and with a pack, and compare; nothing is rendered twice in vain."""
    pack.overlay.used, pack.notes = Used(), {}
    after_item = pack.item(content_id, locale)
    if pack.overlay.used.content_ids.isdisjoint(pack.overlay.touched):
        return Compared(changes=False)
    before_item = live.item(content_id, locale)
    before = rendered(before_item, live, LIVE) if before_item else []
    after = rendered(after_item, pack, LIVE) if after_item else []
    if same_pages(before, after):
        return Compared(changes=False)
    return Compared(
        changes=True,
        before=kept(before),
        after=kept(after),
        made={"used": used(pack, after), "remarks": list(remarks(pack, after))},
    )


def same_pages(before: list[pages.Page], after: list[pages.Page]) -> bool:
    """Say whether a reader would notice no difference between two sets of pages."""
    if [(one.path, one.status) for one in before] != [(one.path, one.status) for one in after]:
        return False
    pairs = zip(before, after, strict=True)
    return all(same_to_a_reader(old.html, new.html) for old, new in pairs)


def kept(made: list[pages.Page]) -> list[dict[str, Any]]:
    """Store pages as they were made, with all links to the live site; return where they are."""
    rows = []
    for page in made:
        snapshot = snapshots.put(links.lead(page.html, (), settings.WEBSITE_ROOT))
        facts = {"path": page.path, "title": page.title, "status": page.status}
        rows.append({**facts, "sha256": snapshot.sha256, "size": snapshot.size})
    return rows
