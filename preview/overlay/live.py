"""What this service needs of live content, and of the rules by which links are expanded.

Settings name the classes behind these Protocols, as Django names its cache back ends: the example
site and the publishing platform's own services give the same answers in the same forms.

Source: alphagov/publishing-api `docs/link-expansion.md`; alphagov/content-store
`app/presenters/content_item_presenter.rb` for the form of a page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

Json = Mapping[str, Any]
LinkIds = Mapping[str, Sequence[str]]
"""Link type → content ids, in the order in which editors put them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One content item in one locale, with its links as content ids.

    `fields` has what link expansion may show of it, by the names of the content store; `links` are
    its edition links. `read_at` is when live content was read, None for a draft. `shown` keeps what
    links show of it, as the rules of expansion made it: live items are shared by many pages.
    """

    content_id: str
    locale: str
    fields: Json
    links: LinkIds = field(default_factory=dict)
    withdrawn: bool = False
    read_at: datetime | None = None
    shown: dict[object, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LivePage:
    """What the content store answers for a path: the item, its links expanded.

    `stale` says that the live site could not be asked, and that this is what it said at `read_at`.
    """

    item: Json
    read_at: datetime
    stale: bool = False


class LinkSource(Protocol):
    """What link expansion reads, for many items at a time.

    An id that is not known is absent from the answer. The overlay is such a source, and so is live
    content by itself.
    """

    def items(self, content_ids: Collection[str], locale: str) -> Mapping[str, Item]:
        """Return each item in the locale, else in English; published before withdrawn."""
        ...

    def link_sets(self, content_ids: Collection[str]) -> Mapping[str, LinkIds]:
        """Return the link-set links of each item, which hold for all its locales."""
        ...

    def linked_from(
        self, content_ids: Collection[str], types: Collection[str]
    ) -> Mapping[str, LinkIds]:
        """Return, for each item, link type → ids of the items that link to it by that type."""
        ...

    def translations(self, content_id: str) -> Sequence[Item]:
        """Return the item in each locale in which it can be read."""
        ...


class LiveContent(LinkSource, Protocol):
    """What is live now.

    Nothing here raises because the live site is away: what it does not answer is as if it were not
    there, and `trouble` says so.
    """

    def page(self, path: str) -> LivePage | None:
        """Return what stands at a path, or under the longest prefix route that covers it."""
        ...

    def content_ids(self, paths: Collection[str]) -> Mapping[str, str]:
        """Return the content id of each path that is live."""
        ...

    def whole(self, content_id: str, locale: str) -> LivePage | None:
        """Return the live item in exactly this locale, as the content store has it.

        An item without a page (a contact, a content block) has its links not expanded.
        """
        ...

    def linking_to(
        self, content_id: str, document_type: str, most: int
    ) -> Mapping[str, Sequence[str]]:
        """Return link type → ids of at most `most` items that link to this one, by any type.

        `document_type` is that of the item linked to: it tells by which types it can be.
        """
        ...

    def trouble(self) -> str:
        """Return what could not be asked since the last call, as a sentence; "" for nothing."""
        ...


class LinkExpander(Protocol):
    """The rules of link expansion: which links, how deep, which fields of each."""

    reverse_names: Mapping[str, str]
    """Link type → the name under which the item linked to shows the link."""

    def expand(
        self, item: Item, source: LinkSource, *, keep_missing: bool = False
    ) -> dict[str, list[Any]]:
        """Return the expanded links of an item, by link type.

        With `keep_missing` a direct link to an item that nobody knows stays as its content id.
        """
        ...

    def dependents(
        self, content_id: str, document_type: str, live: LiveContent, most: int
    ) -> list[str]:
        """Return ids of live items whose expanded links show this one, nearest first."""
        ...

    def outward(self, fields: Json) -> Json:
        """Return what other pages can show of an item, whatever the link type."""
        ...


@cache
def live_content() -> LiveContent:
    """Return the live content that the settings name."""
    found: LiveContent = import_string(settings.LIVE_CONTENT)()
    return found


@cache
def link_expander() -> LinkExpander:
    """Return the rules of link expansion that the settings name."""
    found: LinkExpander = import_string(settings.LINK_EXPANDER)()
    return found
