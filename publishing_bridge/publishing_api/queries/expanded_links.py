"""The links of an item with what they lead to.

Source: alphagov/publishing-api `app/queries/get_expanded_links.rb`.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from preview.accounts.models import AppToken
from publishing_bridge.publishing_api.models import Edition, Link, LinkSet
from publishing_bridge.publishing_api.presentation import moment
from publishing_bridge.publishing_api.queries.content import known, latest_first
from publishing_bridge.wire.errors import CommandError

FIELDS = (
    "analytics_identifier",
    "base_path",
    "document_type",
    "schema_name",
    "title",
)
NEVER = ("gone", "redirect")


def get_expanded_links(
    token: AppToken, content_id: uuid.UUID, locale: str, *, with_drafts: bool, generate: bool
) -> dict[str, Any]:
    """Return the links of an item, each with the fields of what it leads to.

    Raises:
        CommandError: 404, nothing is known of this content id.

    """
    link_set = LinkSet.objects.filter(content_id=content_id).first()
    expanded = expand(token, content_id, locale, with_drafts=with_drafts)
    if not expanded and link_set is None and not known(content_id):
        raise CommandError(404, f"Could not find links for content_id: {content_id}")
    answer: dict[str, Any] = {
        "generated": moment(timezone.now()),
        "expanded_links": expanded,
    }
    if generate:
        answer["version"] = link_set.stale_lock_version if link_set else 0
    return answer


def expand(
    token: AppToken, content_id: uuid.UUID, locale: str, *, with_drafts: bool
) -> dict[str, list[dict[str, Any]]]:
    """Return the item's own links, one level deep, those of its edition before its link set's."""
    states = ["published", "unpublished", *(["draft"] if with_drafts else [])]
    editions = Edition.objects.readable_by(token).filter(state__in=states)
    own = latest_first(editions.filter(document__content_id=content_id, document__locale=locale))
    ids = targets(Link.objects.filter(link_set__content_id=content_id))
    ids |= targets(Link.objects.filter(edition=own.first()))
    wanted = {one for several in ids.values() for one in several}
    found: dict[uuid.UUID, Edition] = {}
    rows = editions.filter(document__content_id__in=wanted, document__locale__in=(locale, "en"))
    for edition in latest_first(rows.exclude(document_type__in=NEVER)).select_related("document"):
        current = found.get(edition.document.content_id)
        if current is None or (current.document.locale != locale == edition.document.locale):
            found[edition.document.content_id] = edition
    return {
        name: shown
        for name, several in ids.items()
        if (shown := [link_to(found[one]) for one in several if one in found])
    }


def targets(links: Any) -> dict[str, list[uuid.UUID]]:
    """Return the targets of links by their type, in order."""
    found: dict[str, list[uuid.UUID]] = {}
    for name, target in links.values_list("link_type", "target_content_id"):
        found.setdefault(name, []).append(target)
    return found


def link_to(edition: Edition) -> dict[str, Any]:
    """Return what a link shows of its target."""
    shown = {name: getattr(edition, name) for name in FIELDS}
    path = edition.base_path
    return {
        "content_id": str(edition.document.content_id),
        "locale": edition.document.locale,
        **{name: value for name, value in shown.items() if value is not None},
        **({"api_path": f"/api/content{path}"} if path else {}),
        "public_updated_at": moment(edition.public_updated_at),
        "withdrawn": edition.state == Edition.State.UNPUBLISHED,
        "links": {},
    }
