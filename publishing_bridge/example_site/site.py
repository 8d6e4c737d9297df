"""A small site in memory that answers as live content: the example site, and sites of tests."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from preview.overlay.live import Item, LinkIds, LivePage
from publishing_bridge.links import PublishingRules

NEVER_SHOWN = ("link_set", "routes", "links")


class MemorySite:
    """Live content made of content items, each with edition `links` and its `link_set`.

    An item is as the content store has it, but with content ids for links. The link set is taken
    from whichever locale of an item has one.
    """

    def __init__(self, contents: Iterable[Mapping[str, Any]]) -> None:
        self.contents = {(one["content_id"], one.get("locale", "en")): one for one in contents}
        self.locales: dict[str, list[str]] = {}
        self.sets: dict[str, LinkIds] = {}
        self.sources: dict[str, dict[str, dict[str, None]]] = {}
        self.exact: dict[str, tuple[str, str]] = {}
        self.prefixes: dict[str, tuple[str, str]] = {}
        for key, content in self.contents.items():
            self.add(key, content)

    def add(self, key: tuple[str, str], content: Mapping[str, Any]) -> None:
        """Enter an item into the indexes."""
        content_id, locale = key
        self.locales.setdefault(content_id, []).append(locale)
        if link_set := content.get("link_set"):
            self.sets[content_id] = link_set
        for links in (content.get("links") or {}, content.get("link_set") or {}):
            for kind, targets in links.items():
                for target in targets:
                    self.sources.setdefault(target, {}).setdefault(kind, {})[content_id] = None
        if path := content.get("base_path"):
            self.exact[path] = key
        if alias := content.get("content_id_alias"):
            self.exact[f"/content-blocks/{content['document_type']}/{alias}"] = key
        for route in content.get("routes") or ():
            where = self.prefixes if route["type"] == "prefix" else self.exact
            where[route["path"]] = key

    def item(self, content: Mapping[str, Any]) -> Item:
        """Return an item as link expansion reads it."""
        return Item(
            content["content_id"],
            content.get("locale", "en"),
            content,
            content.get("links") or {},
            withdrawn=bool(content.get("withdrawn_notice")),
            read_at=timezone.now(),
        )

    def items(self, content_ids: Collection[str], locale: str) -> dict[str, Item]:
        """Return each item in the locale, else in English; published before withdrawn."""
        found = {}
        for content_id in content_ids:
            in_order = [self.contents.get((content_id, one)) for one in (locale, "en")]
            known = [self.item(one) for one in in_order if one]
            if known:
                found[content_id] = min(known, key=lambda item: item.withdrawn)
        return found

    def link_sets(self, content_ids: Collection[str]) -> dict[str, LinkIds]:
        """Return the link sets that there are."""
        return {one: self.sets[one] for one in content_ids if one in self.sets}

    def linked_from(
        self, content_ids: Collection[str], types: Collection[str]
    ) -> dict[str, LinkIds]:
        """Return who links to each item, by link type."""
        wanted = set(types)
        return {
            one: {kind: list(ids) for kind, ids in self.sources[one].items() if kind in wanted}
            for one in content_ids
            if one in self.sources
        }

    def translations(self, content_id: str) -> list[Item]:
        """Return the item in every locale."""
        locales = self.locales.get(content_id, ())
        return [self.item(self.contents[content_id, locale]) for locale in locales]

    def page(self, path: str) -> LivePage | None:
        """Return what stands at a path, or under the longest prefix route."""
        key = self.exact.get(path)
        parts = path.split("/")
        while key is None and len(parts) > 1:
            key = self.prefixes.get("/".join(parts) or "/")
            parts.pop()
        return self.whole(*key) if key else None

    def content_ids(self, paths: Collection[str]) -> dict[str, str]:
        """Return the content id of each path."""
        return {path: self.exact[path][0] for path in paths if path in self.exact}

    def whole(self, content_id: str, locale: str) -> LivePage | None:
        """Return the item in exactly this locale, with its links expanded."""
        content = self.contents.get((content_id, locale))
        if content is None:
            return None
        shown: dict[str, Any] = {
            name: value for name, value in content.items() if name not in NEVER_SHOWN
        }
        shown["links"] = PublishingRules().expand(self.item(content), self)
        return LivePage(shown, timezone.now())

    def linking_to(
        self,
        content_id: str,
        document_type: str,  # noqa: ARG002 (every type is in the index)
        most: int,
    ) -> Mapping[str, Sequence[str]]:
        """Return who links to the item, by any link type."""
        found: dict[str, list[str]] = {}
        for kind, ids in self.sources.get(content_id, {}).items():
            left = most - sum(map(len, found.values()))
            found[kind] = list(ids)[:left]
        return found

    def trouble(self) -> str:
        """Return nothing: memory always answers."""
        return ""
