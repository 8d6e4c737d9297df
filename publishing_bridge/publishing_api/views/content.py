"""`/v2/content`: documents and the commands on them.

Source: alphagov/publishing-api `app/controllers/v2/content_items_controller.rb`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from publishing_bridge.publishing_api import proposals
from publishing_bridge.publishing_api.commanding import as_number
from publishing_bridge.publishing_api.commands.discard_draft import discard_draft
from publishing_bridge.publishing_api.commands.publish import publish
from publishing_bridge.publishing_api.commands.put_content import put_content
from publishing_bridge.publishing_api.commands.republish import republish
from publishing_bridge.publishing_api.commands.unpublish import unpublish
from publishing_bridge.publishing_api.endpoint import Endpoint, many, original_url, required
from publishing_bridge.publishing_api.queries.content import get_content
from publishing_bridge.publishing_api.queries.content_list import (
    ContentFilter,
    Page,
    get_content_list,
)
from publishing_bridge.publishing_api.queries.events import get_events
from publishing_bridge.publishing_api.queries.lookups import linkables
from publishing_bridge.wire.answers import json_response, payload_of
from publishing_bridge.wire.errors import CommandError

Command = Callable[..., dict[str, Any]]
MOST_PER_PAGE = 100_000


def positive(text: str | None, default: int) -> int:
    """Read a page number or length as Rails does; nothing useful is the default."""
    return min(as_number(text or ""), MOST_PER_PAGE) or default


class ContentList(Endpoint):
    """`GET /v2/content`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List documents."""
        links = {
            name.removeprefix("link_"): str(value)
            for name, value in request.GET.dict().items()
            if name.startswith("link_")
        }
        wanted = ContentFilter(
            document_types=many(request, "document_type") or many(request, "content_format"),
            publishing_app=request.GET.get("publishing_app"),
            locale=request.GET.get("locale") or "en",
            states=many(request, "states"),
            links=links,
            aliases=many(request, "content_id_aliases"),
            q=request.GET.get("q", ""),
            search_in=many(request, "search_in"),
        )
        page = Page(
            positive(request.GET.get("page"), 1),
            positive(request.GET.get("per_page"), 50),
            request.GET.get("order") or "-public_updated_at",
        )
        url = original_url(request)
        fields = many(request, "fields")
        return json_response(get_content_list(self.caller.token, wanted, page, fields, url))


class Content(Endpoint):
    """`/v2/content/:content_id`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Get a document's latest edition."""
        if "version" in request.GET:
            raise CommandError(
                422,
                "The version parameter is not supported",
                error_code="unsupported_version_parameter",
            )
        locale = request.GET.get("locale") or "en"
        if self.pack:
            return json_response(proposals.get_content(self.caller, content_id, locale))
        content_store = request.GET.get("content_store")
        return json_response(get_content(self.caller.token, content_id, locale, content_store))

    def put(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Save a draft."""
        payload = payload_of(request)
        check_bulk_publishing(payload)
        command: Command = put_content
        if self.pack:
            command = proposals.into(self.pack, proposals.put_content)
        return json_response(command(caller=self.caller, content_id=content_id, payload=payload))


def check_bulk_publishing(payload: dict[str, Any]) -> None:
    """Refuse a `bulk_publishing` that is no flag; null counts as absent."""
    if not isinstance(payload.get("bulk_publishing"), bool | None):
        raise CommandError(422, "A value for bulk_publishing is required")


class ContentCommand(Endpoint):
    """`POST /v2/content/:content_id/<command>`; with a pack, the proposal of it."""

    command: Command
    proposal: Command

    def post(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Run the command."""
        payload = payload_of(request)
        check_bulk_publishing(payload)
        run = type(self).command
        if self.pack:
            run = proposals.into(self.pack, type(self).proposal)
        return json_response(run(caller=self.caller, content_id=content_id, payload=payload))


class Publish(ContentCommand):
    """`POST /v2/content/:content_id/publish`."""

    command = staticmethod(publish)
    proposal = staticmethod(proposals.publish)


class Republish(ContentCommand):
    """`POST /v2/content/:content_id/republish`."""

    command = staticmethod(republish)
    proposal = staticmethod(proposals.republish)


class Unpublish(ContentCommand):
    """`POST /v2/content/:content_id/unpublish`."""

    command = staticmethod(unpublish)
    proposal = staticmethod(proposals.unpublish)


class DiscardDraft(ContentCommand):
    """`POST /v2/content/:content_id/discard-draft`."""

    command = staticmethod(discard_draft)
    proposal = staticmethod(proposals.discard_draft)


class Events(Endpoint):
    """`GET /v2/content/:content_id/events`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """List the commands that changed a document."""
        asked = request.GET
        during = (asked.get("from"), asked.get("to"))
        found = get_events(self.caller.token, content_id, asked.get("action"), *during)
        return json_response(found)


class Linkables(Endpoint):
    """`GET /v2/linkables`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List what can be linked to."""
        return json_response(linkables(self.caller.token, required(request, "document_type")))
