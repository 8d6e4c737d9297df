"""The links of an item with what they lead to, by the platform's rules.

Source: alphagov/publishing-api `app/queries/get_expanded_links.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from preview.accounts.models import AppToken
from preview.overlay.live import Item, LinkIds
from publishing_bridge.links import PublishingRules
from publishing_bridge.publishing_api.models import (
    Edition,
    EditionQuerySet,
    Link,
    LinkSet,
    Unpublishing,
    as_uuid,
)
from publishing_bridge.publishing_api.presentation import grouped, moment
from publishing_bridge.publishing_api.queries.content import known, latest_first
from publishing_bridge.wire.errors import CommandError

SHOWN = (
    "analytics_identifier",
    "base_path",
    "description",
    "details",
    "document_type",
    "phase",
    "schema_name",
    "title",
)


def get_expanded_links(
    token: AppToken, content_id: uuid.UUID, locale: str, *, with_drafts: bool, generate: bool
) -> dict[str, Any]:
    """Return the links of an item, each with the fields of what it leads to.

    Raises:
        CommandError: 404, nothing is known of this content id.

    """
    source = StoredLinks(token, with_drafts=with_drafts)
    root = source.root(str(content_id), locale)
    expanded = PublishingRules().expand(root, source)
    link_set = LinkSet.objects.filter(content_id=content_id).first()
    if not expanded and link_set is None and not known(token, content_id):
        raise CommandError(404, f"Could not find links for content_id: {content_id}")
    answer: dict[str, Any] = {"generated": moment(timezone.now()), "expanded_links": expanded}
    if generate:
        answer["version"] = link_set.stale_lock_version if link_set else 0
    return answer


@dataclass(frozen=True)
class StoredLinks:
    """The editions and link sets here as a `LinkSource`: a few queries for any number of items.

    Access-limited drafts are never linked to, whoever asks.
    """

    token: AppToken
    with_drafts: bool

    def editions(self) -> EditionQuerySet:
        """Return what can be linked to."""
        live = Q(state=Edition.State.PUBLISHED) | Q(
            state=Edition.State.UNPUBLISHED, unpublishing__type=Unpublishing.Type.WITHDRAWAL
        )
        draft = Q(state=Edition.State.DRAFT, limited=False)
        found = Edition.objects.readable_by(self.token)
        found = found.filter(live | draft if self.with_drafts else live)
        return latest_first(found).select_related("document").prefetch_related("links")

    def root(self, content_id: str, locale: str) -> Item:
        """Return the item whose links are wanted; one without content has its link set only."""
        own = self.editions().filter(document__content_id=content_id, document__locale=locale)
        found = own.first()
        return item_of(found) if found else Item(content_id, locale, {})

    def items(self, content_ids: Collection[str], locale: str) -> dict[str, Item]:
        """Return each item in the locale, else in English; its draft before what is live."""
        found: dict[str, Item] = {}
        rows = self.editions().filter(
            document__content_id__in=ids(content_ids), document__locale__in={locale, "en"}
        )
        for edition in rows:
            one = item_of(edition)
            known_already = found.get(one.content_id)
            if known_already is None or (known_already.locale != locale == one.locale):
                found[one.content_id] = one
        return found

    def link_sets(self, content_ids: Collection[str]) -> dict[str, LinkIds]:
        """Return the link-set links of each item."""
        sets = LinkSet.objects.filter(content_id__in=ids(content_ids)).prefetch_related("links")
        return {str(one.content_id): grouped(one.links.all()) for one in sets}

    def linked_from(
        self, content_ids: Collection[str], types: Collection[str]
    ) -> dict[str, LinkIds]:
        """Return who links to each item by these types, from link sets and from editions."""
        links = Link.objects.filter(target_content_id__in=ids(content_ids), link_type__in=types)
        by_edition = Q(edition__in=self.editions().prefetch_related(None).order_by())
        rows = links.filter(Q(link_set__isnull=False) | by_edition).order_by("position", "id")
        found: dict[str, dict[str, list[str]]] = {}
        for target, name, from_set, from_edition in rows.values_list(
            "target_content_id",
            "link_type",
            "link_set__content_id",
            "edition__document__content_id",
        ):
            sources = found.setdefault(str(target), {}).setdefault(name, [])
            source = str(from_set or from_edition)
            if source not in sources:
                sources.append(source)
        return dict(found)

    def translations(self, content_id: str) -> list[Item]:
        """Return the item in each of its locales."""
        rows = self.editions().filter(document__content_id__in=ids([content_id]))
        found: dict[str, Item] = {}
        for edition in rows:
            found.setdefault(edition.document.locale, item_of(edition))
        return [found[locale] for locale in sorted(found)]


def ids(content_ids: Collection[str]) -> list[uuid.UUID]:
    """Return those content ids that are UUIDs."""
    return [found for one in content_ids if (found := as_uuid(one))]


def item_of(edition: Edition) -> Item:
    """Return an edition as link expansion reads it."""
    document = edition.document
    fields = {name: getattr(edition, name) for name in SHOWN}
    fields |= {
        "content_id": str(document.content_id),
        "locale": document.locale,
        "public_updated_at": moment(edition.public_updated_at),
    }
    return Item(
        str(document.content_id),
        document.locale,
        fields,
        grouped(edition.links.all()),
        withdrawn=edition.state == Edition.State.UNPUBLISHED,
    )
