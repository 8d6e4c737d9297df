"""One expansion: from an item's content ids to the tree of what they stand for, level by level.

Every level asks the source once for links, once for reverse links and once for items, however many
there are. A chain never comes back to an item that it went through, so cycles end.

Source: alphagov/publishing-api `lib/link_expansion/link_reference.rb`, `lib/link_expansion.rb`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from preview.overlay.live import Item, LinkIds, LinkSource
from publishing_bridge.links import paths
from publishing_bridge.links.fields import card

MOST_BELOW_THE_FIRST_LEVEL = 20_000  # nodes; diamonds of topics multiply at every level
Links = dict[str, list[Any]]


@dataclass(slots=True)
class Open:
    """A place in the tree whose links are still to be filled in.

    `through` has the ids on the way to it, and its own.
    """

    content_id: str
    places: paths.Places
    through: frozenset[str]
    links: Links = field(default_factory=dict)


class Expansion:
    """The links of one item, expanded."""

    def __init__(self, root: Item, source: LinkSource, *, keep_missing: bool) -> None:
        self.root, self.source, self.keep_missing = root, source, keep_missing
        self.items: dict[str, Item | None] = {}
        self.nodes = 0

    def links(self) -> Links:
        """Return link type → expanded items, with `available_translations`."""
        root = Open(self.root.content_id, frozenset(), frozenset([self.root.content_id]))
        level = list(self.first_level(root))
        while level and self.nodes < MOST_BELOW_THE_FIRST_LEVEL:
            level = list(self.next_level(level))
        translations = self.source.translations(self.root.content_id)
        shown = [self.shown(one, "available_translations") for one in translations]
        if found := [one for one in shown if one]:
            root.links["available_translations"] = [{**one, "links": {}} for one in found]
        return {kind: rows for kind, rows in root.links.items() if rows}

    def first_level(self, root: Open) -> Iterator[Open]:
        """Fill in the direct and reverse links of the item; yield what can go deeper."""
        ids = [root.content_id]
        link_set = self.source.link_sets(ids).get(root.content_id, {})
        reverse = self.reverse(ids, paths.DIRECT_TYPES).get(root.content_id, {})
        edition = {kind: rows for kind, rows in self.root.links.items() if rows}
        merged = {**reverse, **{kind: rows for kind, rows in link_set.items() if rows}, **edition}
        self.look_up(one for rows in merged.values() for one in rows)
        for kind, rows in merged.items():
            missing = self.keep_missing and kind not in paths.DIRECT_TYPES
            nodes = list(self.nodes_of(root, kind, rows, paths.first(kind), missing=missing))
            if kind not in edition:  # edition links expand one level only
                yield from nodes

    def next_level(self, level: list[Open]) -> Iterator[Open]:
        """Fill in the links of every open place; yield the places below."""
        wanted = {one.content_id: one for one in level}
        sets = self.source.link_sets(list(wanted))
        names = {
            kind
            for places in {one.places for one in level}
            for kind in paths.following(places)
            if kind in paths.DIRECT_TYPES
        }
        reverse = self.reverse(list(wanted), names) if names else {}
        rows = [(one, kind, ids) for one in level for kind, ids in chosen(one, sets, reverse)]
        self.look_up(content_id for _, _, ids in rows for content_id in ids)
        for one, kind, ids in rows:
            allowed = [found for found in ids if found not in one.through]
            if allowed:
                yield from self.nodes_of(one, kind, allowed, paths.after(one.places, kind))

    def nodes_of(
        self,
        parent: Open,
        kind: str,
        ids: Iterable[str],
        places: paths.Places,
        *,
        missing: bool = False,
    ) -> Iterator[Open]:
        """Add the nodes of one link type to a place of the tree; yield those that can go deeper."""
        deeper = bool(paths.following(places))
        goes_back = kind in paths.DIRECT_TYPES
        rows: list[Any] = []
        for content_id in dict.fromkeys(ids):
            item = self.items.get(content_id)
            if item is None and missing:
                rows.append(content_id)
            shown = self.shown(item, kind) if item else None
            if shown is None:
                continue
            links = shown["links"] = self.link_back(parent, kind) if goes_back else {}
            rows.append(shown)
            if deeper and content_id not in parent.through:
                self.nodes += 1
                yield Open(content_id, places, parent.through | {content_id}, links)
        if rows:
            parent.links[kind] = rows

    def link_back(self, parent: Open, kind: str) -> Links:
        """Return the link of a reverse link's item to the item that is expanded."""
        types = paths.DIRECT_TYPES.get(kind, ())
        if len(parent.through) > 1 or len(types) != 1:
            return {}
        shown = card(str(self.root.fields.get("document_type")), types[0]).of(self.root)
        return {types[0]: [{**shown, "links": {}}]} if shown else {}

    def shown(self, item: Item, kind: str) -> dict[str, Any] | None:
        """Return what a link shows of an item; None where it must not be linked to."""
        if item.withdrawn and kind not in paths.WITHDRAWN_TOO | {"available_translations"}:
            return None
        return card(str(item.fields.get("document_type")), kind).of(item) or None

    def look_up(self, ids: Iterable[str]) -> None:
        """Get the items that are not known yet, all at once."""
        unknown = {one for one in ids if one not in self.items}
        if not unknown:
            return
        found = self.source.items(unknown, self.root.locale)
        for content_id in unknown:
            self.items[content_id] = found.get(content_id)

    def reverse(self, ids: list[str], names: Iterable[str]) -> dict[str, dict[str, list[str]]]:
        """Return, for each item, reverse name → ids of the items that link to it."""
        types = [kind for name in names for kind in paths.DIRECT_TYPES[name]]
        found: dict[str, dict[str, list[str]]] = {}
        for content_id, by_type in self.source.linked_from(ids, types).items():
            by_name = found.setdefault(content_id, {})
            for kind, sources in by_type.items():
                by_name.setdefault(paths.REVERSE_NAMES[kind], []).extend(sources)
        return found


def chosen(
    place: Open, sets: Mapping[str, LinkIds], reverse: Mapping[str, LinkIds]
) -> Iterator[tuple[str, Iterable[str]]]:
    """Return the links of a place with which its chain can go on."""
    for kind in paths.following(place.places):
        known = reverse if kind in paths.DIRECT_TYPES else sets
        if ids := known.get(place.content_id, {}).get(kind):
            yield kind, ids
