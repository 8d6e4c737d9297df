"""One pack over live content, as link expansion and pages see it; it notes all that was asked.

Inside a pack a draft replaces its live item, a new draft exists, an unpublishing removes its item,
and a proposal of links changes links only. Everything else is live.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from preview.overlay.live import Item, Json, LinkIds, LiveContent, LivePage
from preview.overlay.proposals import Proposals

ENGLISH = "en"
TAKEN_AWAY = ("gone", "redirect", "vanish")


@dataclass
class Used:
    """What a rendering was made of: content ids and paths that were asked for, known or not."""

    content_ids: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)


class Overlay:
    """A pack's proposals over live content; a `LinkSource`."""

    def __init__(self, proposed: Proposals, live: LiveContent) -> None:
        self.proposed, self.live = proposed, live
        self.touched = proposed.touched()
        self.used = Used()
        self.read_at: datetime | None = None
        self.spare: dict[str, Item] = {}

    def items(self, content_ids: Collection[str], locale: str) -> dict[str, Item]:
        """Return each item as the pack shows it, in the locale or in English."""
        self.used.content_ids.update(content_ids)
        live = dict(self.live.items(content_ids, locale))
        hidden = [one for one in self.touched if one in live and self.taken(live[one])]
        if locale != ENGLISH and hidden:
            live |= self.live.items(hidden, ENGLISH)
        found = {}
        for content_id in content_ids:
            item = self.resolved(content_id, locale, live.get(content_id))
            if item is not None:
                found[content_id] = item
        return found

    def resolved(self, content_id: str, locale: str, live: Item | None) -> Item | None:
        """Return the pack's item where it has one that comes first, else the live one."""
        if content_id not in self.touched:
            return self.noted(live or self.spare.get(content_id))
        choices = []
        for one in dict.fromkeys((locale, ENGLISH)):
            item = self.proposed.content.get((content_id, one))
            if item is None and live is not None and live.locale == one:
                item = live
            if item is not None and not self.taken(item):
                choices.append(self.withdrawn(item))
        return self.noted(min(choices, key=lambda item: item.withdrawn, default=None))

    def taken(self, item: Item) -> bool:
        """Say whether the pack takes the item away."""
        found = self.proposed.unpublishings.get((item.content_id, item.locale))
        return found is not None and found.type in TAKEN_AWAY

    def withdrawn(self, item: Item) -> Item:
        """Return the item, withdrawn where the pack withdraws it."""
        if (item.content_id, item.locale) not in self.proposed.unpublishings or item.withdrawn:
            return item
        return Item(item.content_id, item.locale, item.fields, item.links, True, item.read_at)

    def noted(self, item: Item | None) -> Item | None:
        """Keep the oldest time at which live content in use was read."""
        if item is not None:
            self.note(item.read_at)
        return item

    def note(self, read_at: datetime | None) -> None:
        """Take a time of reading into account."""
        if read_at is not None:
            self.read_at = min(read_at, self.read_at or read_at)

    def link_sets(self, content_ids: Collection[str]) -> dict[str, LinkIds]:
        """Return the link sets, with the types that the pack replaces."""
        found = dict(self.live.link_sets(content_ids))
        for content_id in self.proposed.links.keys() & set(content_ids):
            changed = self.proposed.links[content_id]
            found[content_id] = {**found.get(content_id, {}), **changed}
        return found

    def linked_from(
        self, content_ids: Collection[str], types: Collection[str]
    ) -> dict[str, LinkIds]:
        """Return who links to each item in this pack: live links of others, its own afresh."""
        self.used.content_ids.update(content_ids)
        live = self.live.linked_from(content_ids, types)
        if not self.touched:
            return dict(live)
        found: dict[str, LinkIds] = {}
        for content_id in content_ids:
            own = self.own_sources.get(content_id, {})
            known = live.get(content_id, {})
            merged = {}
            for kind in types:
                ours = own.get(kind, [])
                kept = [
                    one for one in known.get(kind, ()) if one not in self.touched or one in ours
                ]
                if rows := list(dict.fromkeys([*kept, *ours])):
                    merged[kind] = rows
            if merged:
                found[content_id] = merged
        return found

    @cached_property
    def own_sources(self) -> dict[str, dict[str, list[str]]]:
        """Target → link type → which of the pack's items link to it."""
        found: dict[str, dict[str, list[str]]] = {}
        for source, links in self.own_links.items():
            for kind, targets in links.items():
                for target in targets:
                    rows = found.setdefault(target, {}).setdefault(kind, [])
                    if source not in rows:
                        rows.append(source)
        return found

    @cached_property
    def own_links(self) -> dict[str, dict[str, Sequence[str]]]:
        """The links of every item of the pack: those of its editions over those of its set."""
        sets = self.link_sets(self.touched)
        drafted = {content_id for content_id, _ in self.proposed.content}
        live = self.live.items(self.touched - drafted, ENGLISH)
        found: dict[str, dict[str, Sequence[str]]] = {
            one: dict(sets.get(one, {})) for one in sorted(self.touched)
        }
        for item in (*live.values(), *self.proposed.content.values()):
            for kind, ids in item.links.items():
                if ids:
                    found[item.content_id][kind] = ids
        return found

    def translations(self, content_id: str) -> list[Item]:
        """Return the item in each locale in which the pack has it."""
        by_locale = {one.locale: one for one in self.live.translations(content_id)}
        for (one, locale), item in self.proposed.content.items():
            if one == content_id:
                by_locale[locale] = item
        return [self.withdrawn(one) for one in by_locale.values() if not self.taken(one)]

    def page(self, path: str) -> LivePage | None:
        """Return the live page at a path, and note that it was asked for."""
        self.used.paths.add(path)
        return self.known(self.live.page(path))

    def whole(self, content_id: str, locale: str) -> LivePage | None:
        """Return the live item in exactly this locale, and note that it was asked for."""
        self.used.content_ids.add(content_id)
        return self.known(self.live.whole(content_id, locale))

    def known(self, page: LivePage | None) -> LivePage | None:
        """Keep what a live page says of other items, for those that can't be asked for."""
        if page is not None:
            self.note(page.read_at)
            self.spare |= dict(linked(page.item, page.read_at))
        return page


def linked(item: Json, read_at: datetime) -> Iterable[tuple[str, Item]]:
    """Yield the items that stand, expanded, in the links of an item, all levels of them."""
    links = item.get("links")
    for rows in links.values() if isinstance(links, Mapping) else ():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, Mapping) and isinstance(row.get("content_id"), str):
                yield row["content_id"], as_item(row, read_at)
                yield from linked(row, read_at)


def as_item(row: Mapping[str, Any], read_at: datetime) -> Item:
    """Return an expanded link as an item."""
    return Item(
        row["content_id"],
        str(row.get("locale") or ENGLISH),
        row,
        withdrawn=bool(row.get("withdrawn")),
        read_at=read_at,
    )
