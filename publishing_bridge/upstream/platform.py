"""Live content made of what the publishing platform's services answer.

Pages come from the content store; what is known by content id comes from Publishing API, in rounds
of many at once, through a cache in Redis. Nothing here raises because a service is away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

from django.conf import settings
from django.utils import timezone

from preview.overlay.live import Item, LinkIds, LivePage
from publishing_bridge.links.paths import REVERSE_NAMES
from publishing_bridge.upstream.batches import Batches, Fetched
from publishing_bridge.upstream.client import Answer, Away, Client
from publishing_bridge.upstream.content_store import ContentStore
from publishing_bridge.upstream.guarded import Limits
from publishing_bridge.upstream.linked_by import linked_by
from publishing_bridge.upstream.publishing_api import PublishingApi
from publishing_bridge.upstream.trees import item_of, neighbours, stored_item

AT_ONCE = 8
ENGLISH = "en"
AWAY = "The live site did not answer for some of it: that is as it was when it last answered."


class PublishingPlatform:
    """Live content of the content store and Publishing API; see `LiveContent`."""

    def __init__(
        self,
        content_store: str | None = None,
        publishing_api: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        store = content_store or settings.CONTENT_STORE_URL
        api = publishing_api or settings.PUBLISHING_API_URL
        token = settings.PUBLISHING_API_TOKEN
        self.store = ContentStore(Client("content-store", store, limits=limits))
        self.api = PublishingApi(Client("publishing-api", api, token, limits))
        self.batches = {
            "items": Batches("items", item_of),
            **{name: Batches(name) for name in ("link_sets", "neighbours", "linked", "paths")},
        }
        self.threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="upstream")
        self.away = False

    def items(self, content_ids: Collection[str], locale: str) -> dict[str, Item]:
        """Return each item in the locale, else in English; published before withdrawn."""
        found: dict[str, Item] = {}
        left = list(content_ids)
        for one in dict.fromkeys((locale, ENGLISH)):
            for content_id, item in self.in_locale(left, one).items():
                if content_id not in found or found[content_id].withdrawn:
                    found[content_id] = item
            left = [one for one in left if one not in found or found[one].withdrawn]
        return found

    def in_locale(self, content_ids: Collection[str], locale: str) -> dict[str, Item]:
        """Return the items that are live in exactly this locale."""
        keys = {f"{content_id}:{locale}": content_id for content_id in content_ids}

        def fetch(due: list[str]) -> Fetched:
            def ask(key: str) -> Any:
                return stored_item(self.api.content(keys[key], locale).json)

            return self.each(due, ask)

        rows = self.batches["items"].get(list(keys), fetch)
        return {keys[key]: item for key, item in rows.items()}

    def link_sets(self, content_ids: Collection[str]) -> dict[str, LinkIds]:
        """Return the link sets that there are."""

        def fetch(due: list[str]) -> Fetched:
            try:
                found = self.api.link_sets(due)
            except Away:
                return self.nobody(due)
            return Fetched({one: found.get(one) for one in due})

        return self.batches["link_sets"].get(content_ids, fetch)

    def linked_from(
        self, content_ids: Collection[str], types: Collection[str]
    ) -> dict[str, LinkIds]:
        """Return who links to each item: reverse types from expanded links, others one by one."""
        found: dict[str, dict[str, Sequence[str]]] = {}
        reverse = set(types) & set(REVERSE_NAMES)
        if reverse:
            for content_id, row in self.neighbours(content_ids).items():
                known = row.get("from", {})
                found[content_id] = {kind: known[kind] for kind in known if kind in reverse}
        for kind in sorted(set(types) - reverse):
            for content_id, ids in self.linked(content_ids, kind).items():
                found.setdefault(content_id, {})[kind] = ids
        return {content_id: links for content_id, links in found.items() if links}

    def neighbours(self, content_ids: Collection[str]) -> dict[str, Mapping[str, Any]]:
        """Return what the expanded links of each item say of who links to it."""

        def ask(content_id: str) -> Any:
            return neighbours(self.api.expanded_links(content_id, ENGLISH).json)

        return self.batches["neighbours"].get(content_ids, lambda due: self.each(due, ask))

    def linked(self, content_ids: Collection[str], kind: str) -> dict[str, list[str]]:
        """Return who links to each item by one type of a link set."""
        keys = {f"{content_id}:{kind}": content_id for content_id in content_ids}

        def ask(key: str) -> Any:
            return self.api.linked(keys[key], kind)

        rows = self.batches["linked"].get(list(keys), lambda due: self.each(due, ask))
        return {keys[key]: value for key, value in rows.items() if value}

    def translations(self, content_id: str) -> list[Item]:
        """Return the item in each locale, as its expanded links name them."""
        rows = self.neighbours([content_id]).get(content_id, {})
        return [item_of(row, timezone.now()) for row in rows.get("translations", ())]

    def page(self, path: str) -> LivePage | None:
        """Return what the content store has at a path."""
        answer = self.asked(lambda: self.store.item(path))
        if answer is None or answer.json is None:
            return None
        return LivePage(answer.json, answer.read_at, answer.stale)

    def whole(self, content_id: str, locale: str) -> LivePage | None:
        """Return an item as the content store has it; without a page, as Publishing API has it."""
        known = self.in_locale([content_id], locale).get(content_id)
        path = known.fields.get("base_path") if known else None
        if path and (page := self.page(str(path))):
            return page
        if known is None:
            return None
        answer = self.asked(lambda: self.api.content(content_id, locale, cached=True))
        item = answer.json if answer else None
        return LivePage(item, answer.read_at, answer.stale) if answer and item else None

    def content_ids(self, paths: Collection[str]) -> dict[str, str]:
        """Return the content id of each path."""

        def fetch(due: list[str]) -> Fetched:
            try:
                found = self.api.lookup(due)
            except Away:
                return self.nobody(due)
            return Fetched({path: found.get(path) for path in due})

        return self.batches["paths"].get(paths, fetch)

    def linking_to(
        self, content_id: str, document_type: str, most: int
    ) -> Mapping[str, Sequence[str]]:
        """Return who links to an item by its link set or edition, for types that there can be."""
        if document_type.startswith("content_block"):
            hosts = self.asked(lambda: self.api.hosts(content_id, most))
            return {"embed": hosts} if hosts else {}

        def ask(kind: str) -> Any:
            by_set = self.api.linked(content_id, kind)
            by_any = self.api.content_linking_to(content_id, kind, most)
            return list(dict.fromkeys([*by_set, *by_any]))[:most]

        found = self.each(linked_by(document_type), ask).values
        return {kind: ids for kind, ids in found.items() if ids}

    def each(self, keys: Iterable[str], ask: Callable[[str], Any]) -> Fetched:
        """Ask for each key, several at once; keys that nobody answered are named."""
        asked = {key: self.threads.submit(copy_context().run, ask, key) for key in keys}
        values, failed = {}, []
        for key, future in asked.items():
            try:
                values[key] = future.result()
            except Away:
                failed.append(key)
        self.away = self.away or bool(failed)
        return Fetched(values, failed)

    def nobody(self, keys: list[str]) -> Fetched:
        """Return that nobody answered for any key."""
        self.away = True
        return Fetched({}, keys)

    def asked(self, ask: Callable[[], Any]) -> Any:
        """Return an answer; None where the service is away."""
        try:
            answer = ask()
        except Away:
            self.away = True
            return None
        if isinstance(answer, Answer) and answer.stale:
            self.away = True
        return answer

    def close(self) -> None:
        """Close all connections."""
        self.threads.shutdown()
        for client in (self.store.client, self.api.client):
            client.close()

    def trouble(self) -> str:
        """Return what could not be asked since the last call."""
        found, self.away = (AWAY if self.away else ""), False
        return found
