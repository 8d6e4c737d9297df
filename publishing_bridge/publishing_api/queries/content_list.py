"""Documents in pages, with filters and search.

Source: alphagov/publishing-api `app/queries/get_content_collection.rb`,
`app/presenters/results_presenter.rb`, `app/models/pagination.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OrderBy, OuterRef, Q, Subquery

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import (
    ContentIdAlias,
    Edition,
    EditionQuerySet,
    Link,
    as_uuid,
)
from publishing_bridge.publishing_api.presentation import FIELDS, MORE, present_many
from publishing_bridge.publishing_api.queries.content import latest_first
from publishing_bridge.publishing_api.routes import sentence_of
from publishing_bridge.wire.errors import CommandError

MORE_FIELDS = ("id", "created_at", "state")
PATHS = {
    "content_id": "document__content_id",
    "locale": "document__locale",
    "publication_state": "state",
    "lock_version": "document__stale_lock_version",
}
NO_ORDER = frozenset({"links", "state_history", "unpublishing", "content_id_aliases"})
SEARCHED = ("title", "base_path")
IN_DETAILS = re.compile(r"details\.[a-zA-Z0-9_]+")
MOST = 10000


@dataclass(frozen=True)
class ContentFilter:
    """What is asked for; empty means no limit."""

    document_types: list[str] = field(default_factory=list)
    publishing_app: str | None = None
    locale: str = "en"
    states: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    q: str = ""
    search_in: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Which page, how long, in which order."""

    number: int = 1
    per_page: int = 50
    order: str = "-public_updated_at"


def get_content_list(
    token: AppToken, wanted: ContentFilter, page: Page, fields: list[str], url: str
) -> dict[str, Any]:
    """Return one page: totals, links to its neighbours, and the documents.

    A document has one row: its draft before what is live.

    Raises:
        CommandError: an unknown field, search field or order.

    """
    check_fields(fields)
    rows = ordered(filtered(token, wanted), page.order)
    total = rows.count()
    pages = -(-total // page.per_page)
    start = (page.number - 1) * page.per_page
    shown = rows.select_related(*MORE).prefetch_related("links", "document__editions")
    return {
        "total": total,
        "pages": pages,
        "current_page": page.number,
        "links": page_links(url, page.number, pages),
        "results": present_many(shown[start : start + page.per_page], fields or FIELDS),
    }


def check_fields(fields: list[str]) -> None:
    """Refuse fields that editions do not have."""
    unknown = [one for one in fields if one not in (*FIELDS, *MORE_FIELDS)]
    if unknown:
        raise CommandError(400, f"Invalid column name(s): {sentence_of(unknown)[:300]}")


def filtered(token: AppToken, wanted: ContentFilter) -> EditionQuerySet:
    """Return the editions that are asked for, one of each document."""
    editions = limited(Edition.objects.readable_by(token), wanted)
    newest = latest_first(editions.filter(document=OuterRef("document"))).values("pk")[:1]
    rows = editions.filter(pk=Subquery(newest))
    return rows.filter(search(wanted)) if wanted.q else rows


def limited(editions: EditionQuerySet, wanted: ContentFilter) -> EditionQuerySet:
    """Keep the editions that pass the filters."""
    if wanted.document_types:
        editions = editions.filter(document_type__in=wanted.document_types)
    if wanted.publishing_app:
        editions = editions.filter(publishing_app=wanted.publishing_app)
    if wanted.locale != "all":
        editions = editions.filter(document__locale=wanted.locale)
    if wanted.states:
        editions = editions.filter(state__in=wanted.states)
    if wanted.aliases:
        named = ContentIdAlias.objects.filter(name__in=wanted.aliases).values("content_id")
        editions = editions.filter(document__content_id__in=named)
    for link_type, target in wanted.links.items():
        editions = editions.filter(linking(link_type, target))
    return editions


def linking(link_type: str, target: str) -> Q:
    """Return the condition that an edition, or its link set, links to a target."""
    found = as_uuid(target)
    if found is None:
        return Q(pk=None)
    links = Link.objects.filter(link_type=link_type, target_content_id=found)
    editions = links.filter(edition__isnull=False).values("edition_id")
    content_ids = links.filter(link_set__isnull=False).values("link_set__content_id")
    return Q(pk__in=editions) | Q(document__content_id__in=content_ids)


def search(wanted: ContentFilter) -> Q:
    """Return the condition that a search term is in one of the searched fields.

    Raises:
        CommandError: a field that can't be searched.

    """
    condition = Q()
    for name in wanted.search_in or SEARCHED:
        if name in ("title", "base_path", "description"):
            condition |= Q(**{f"{name}__icontains": wanted.q})
        elif IN_DETAILS.fullmatch(name):
            condition |= Q(**{f"{name.replace('.', '__')}__icontains": wanted.q})
        else:
            raise CommandError(400, f"Invalid search field: {name[:100]}")
    return condition


def ordered(editions: EditionQuerySet, order: str) -> EditionQuerySet:
    """Order as PostgreSQL does, where null is greater than everything.

    Raises:
        CommandError: an order that there is not.

    """
    name, down = order.removeprefix("-"), order.startswith("-")
    if name not in (*FIELDS, *MORE_FIELDS) or name in NO_ORDER:
        raise CommandError(
            422, f"Invalid order field: {name[:100]}", error_code="order_field_invalid"
        )
    column = OrderBy(
        F(PATHS.get(name, name)),
        descending=down,
        nulls_first=True if down else None,
        nulls_last=None if down else True,
    )
    return editions.order_by(column, "id")


def page_links(url: str, number: int, pages: int) -> list[dict[str, str]]:
    """Return the addresses of the pages around; the page's number is appended to the address."""
    bare = re.sub(r"&page=\d+", "", url)

    def link(to: int, rel: str) -> dict[str, str]:
        return {"href": f"{bare}&page={to}", "rel": rel}

    found = []
    if number > 1:
        found.append(link(number - 1, "previous"))
    if number < pages:
        found.append(link(number + 1, "next"))
    return [*found, link(number, "self")]
