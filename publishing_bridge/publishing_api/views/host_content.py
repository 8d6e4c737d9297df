"""`/v2/content/:content_id/host-content`: where a content block is embedded.

Source: alphagov/publishing-api `app/controllers/v2/content_items_controller.rb`.
"""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse

from publishing_bridge.publishing_api.endpoint import Endpoint
from publishing_bridge.publishing_api.queries import host_content
from publishing_bridge.publishing_api.views.content import positive
from publishing_bridge.wire.answers import json_response


class HostContent(Endpoint):
    """`GET /v2/content/:content_id/host-content`."""

    def get(self, request: HttpRequest, content_id: uuid.UUID) -> HttpResponse:
        """List the pages that embed a block."""
        found = host_content.host_content(
            self.caller.token,
            content_id,
            order=request.GET.get("order") or "-unique_pageviews",
            page=positive(request.GET.get("page"), 1),
            per_page=positive(request.GET.get("per_page"), 10),
        )
        return json_response(found)


class HostContentItem(Endpoint):
    """`GET /v2/content/:content_id/host-content/:host_content_id`."""

    def get(
        self, request: HttpRequest, content_id: uuid.UUID, host_content_id: uuid.UUID
    ) -> HttpResponse:
        """Get one page that embeds a block."""
        found = host_content.host_content_item(
            self.caller.token,
            content_id,
            host_content_id,
            locale=request.GET.get("locale") or "en",
            state=request.GET.get("state") or "published",
        )
        return json_response(found)
