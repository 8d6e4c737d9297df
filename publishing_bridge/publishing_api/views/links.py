"""`/v2/links`, `/v2/expanded-links`, `/v2/linked`.

Source: alphagov/publishing-api `app/controllers/v2/link_sets_controller.rb`,
`app/controllers/v2/link_changes_controller.rb`.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from publishing_bridge.publishing_api import proposals
from publishing_bridge.publishing_api.commands.patch_link_set import patch_link_set
from publishing_bridge.publishing_api.endpoint import Endpoint, boolean, many, required
from publishing_bridge.publishing_api.queries import links as queries
from publishing_bridge.publishing_api.queries.expanded_links import get_expanded_links
from publishing_bridge.publishing_api.views.content import check_bulk_publishing
from publishing_bridge.wire.answers import json_response, payload_of
from publishing_bridge.wire.errors import refuse_missing


class Links(Endpoint):
    """`/v2/links/:content_id`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:  # noqa: ARG002 (Django's)
        """Get a link set."""
        if self.pack:
            return json_response(proposals.get_links(self.caller, content_id))
        return json_response(queries.get_link_set(self.caller.token, content_id))

    def patch(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Change a link set."""
        payload = payload_of(request)
        check_bulk_publishing(payload)
        command = patch_link_set
        if self.pack:
            command = proposals.into(self.pack, proposals.patch_link_set)
        return json_response(command(caller=self.caller, content_id=content_id, payload=payload))

    def put(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Do as PATCH does; the platform keeps PUT for old clients."""
        return self.patch(request, content_id)


class LinksByContentId(Endpoint):
    """`POST /v2/links/by-content-id`."""

    reads = frozenset({"GET", "HEAD", "POST"})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Get several link sets."""
        content_ids = payload_of(request).get("content_ids")
        if not isinstance(content_ids, list) or not content_ids:
            refuse_missing("content_ids")
        return json_response(queries.links_by_content_id([str(one) for one in content_ids]))


class LinkChanges(Endpoint):
    """`GET /v2/links/changes`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List the newest changes of links."""
        link_types = many(request, "link_types") or refuse_missing("link_types")
        found = queries.link_changes(
            self.caller.token,
            link_types,
            sources=many(request, "source_content_ids"),
            targets=many(request, "target_content_ids"),
            users=many(request, "users"),
        )
        return json_response(found)


class ExpandedLinks(Endpoint):
    """`GET /v2/expanded-links/:content_id`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """Get the links of an item with what they lead to."""
        found = get_expanded_links(
            self.caller.token,
            content_id,
            request.GET.get("locale") or "en",
            with_drafts=boolean(request.GET.get("with_drafts"), default=True),
            generate=boolean(request.GET.get("generate"), default=False),
        )
        return json_response(found)


class Linked(Endpoint):
    """`GET /v2/linked/:content_id`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """List what links to an item."""
        link_type = required(request, "link_type")
        if "fields" not in request.GET and "fields[]" not in request.GET:
            refuse_missing("fields")
        fields = [one for one in many(request, "fields") if one]
        return json_response(queries.linked(self.caller.token, content_id, link_type, fields))
