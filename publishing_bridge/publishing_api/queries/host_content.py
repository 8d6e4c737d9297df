"""Published pages that embed a content block.

Views are what the platform's statistics know; here there are none, so they count as 0.

Source: alphagov/publishing-api `app/queries/get_host_content.rb`,
`app/services/get_host_content_service.rb`, `app/presenters/host_content_item_presenter.rb`.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import Count, F, OrderBy, OuterRef, Q, Subquery

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Edition, Link
from publishing_bridge.publishing_api.presentation import moment
from publishing_bridge.publishing_api.queries.content import known
from publishing_bridge.wire.errors import CommandError

ORDERS = {
    "title": "title",
    "document_type": "document_type",
    "unique_pageviews": "id",
    "primary_publishing_organisation_title": "organisation_title",
    "last_edited_at": "last_edited_at",
    "instances": "instances",
}
ORGANISATION = "primary_publishing_organisation"


def hosts(token: AppToken, content_id: uuid.UUID, state: str = "published") -> Any:
    """Return the editions that embed the block, with how often, and whose they are.

    Raises:
        CommandError: 404, there is no such block.

    """
    if not known(token, content_id):
        raise CommandError(404, "Could not find an edition to get host content for")
    organisation = Link.objects.filter(edition=OuterRef("pk"), link_type=ORGANISATION)
    titled = Edition.objects.filter(
        document__content_id=OuterRef("organisation_id"), document__locale="en", state="published"
    )
    embeds = Q(links__link_type="embed", links__target_content_id=content_id)
    editions = Edition.objects.readable_by(token).filter(embeds, state=state)
    return (
        editions.select_related("document")
        .annotate(instances=Count("links", filter=embeds))
        .annotate(organisation_id=Subquery(organisation.values("target_content_id")[:1]))
        .annotate(
            organisation_title=Subquery(titled.values("title")[:1]),
            organisation_path=Subquery(titled.values("base_path")[:1]),
        )
    )


def host_content(
    token: AppToken, content_id: uuid.UUID, *, order: str, page: int, per_page: int
) -> dict[str, Any]:
    """Return one page of the pages that embed a block, with totals.

    Raises:
        CommandError: no such block, or an order that there is not.

    """
    name, down = order.removeprefix("-"), order.startswith("-")
    if name not in ORDERS:
        raise CommandError(
            422, f"Invalid order field: {name[:60]}", error_code="order_field_invalid"
        )
    found = hosts(token, content_id)
    column = OrderBy(F(ORDERS[name]), descending=down, nulls_last=True)
    start = (page - 1) * per_page
    total = found.count()
    rows = list(found.order_by(column, "id"))
    owners = {row.organisation_id for row in rows if row.organisation_id}
    return {
        "content_id": str(content_id),
        "total": total,
        "total_pages": -(-total // per_page),
        "rollup": {
            "views": 0,
            "locations": total,
            "instances": sum(row.instances for row in rows),
            "organisations": len(owners),
        },
        "results": [shown(row) for row in rows[start : start + per_page]],
    }


def host_content_item(
    token: AppToken, content_id: uuid.UUID, host_id: uuid.UUID, *, locale: str, state: str
) -> dict[str, Any]:
    """Return one page that embeds a block.

    Raises:
        CommandError: 404, no such block, or the page does not embed it.

    """
    found = hosts(token, content_id, state)
    row = found.filter(document__content_id=host_id, document__locale=locale).first()
    if row is None:
        sentence = f"Could not find host_content_id {host_id} in host content for {content_id}"
        raise CommandError(404, sentence)
    return shown(row)


def shown(row: Any) -> dict[str, Any]:
    """Return a page that embeds a block as it is presented."""
    owner = row.organisation_id
    return {
        "title": row.title,
        "base_path": row.base_path,
        "document_type": row.document_type,
        "publishing_app": row.publishing_app,
        "last_edited_by_editor_id": row.last_edited_by_editor_id,
        "last_edited_at": moment(row.last_edited_at),
        "unique_pageviews": None,
        "instances": row.instances,
        "host_content_id": str(row.document.content_id),
        "host_locale": row.document.locale,
        "primary_publishing_organisation": {
            "content_id": str(owner) if owner else None,
            "title": row.organisation_title,
            "base_path": row.organisation_path,
        },
    }
