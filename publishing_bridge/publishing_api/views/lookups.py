"""`/lookup-by-base-path` and `/v2/editions`.

Source: alphagov/publishing-api `app/controllers/lookups_controller.rb`,
`app/controllers/v2/editions_controller.rb`.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from publishing_bridge.publishing_api.endpoint import Endpoint, boolean, many, original_url
from publishing_bridge.publishing_api.queries.editions import EditionsFilter, get_editions
from publishing_bridge.publishing_api.queries.lookups import (
    GONE_TYPES,
    GONE_UNPUBLISHINGS,
    content_ids_by_base_path,
)
from publishing_bridge.publishing_api.views.content import positive
from publishing_bridge.wire.answers import json_response, payload_of
from publishing_bridge.wire.errors import CommandError, refuse_missing


def texts(payload: dict[str, Any], name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a list of texts of the body.

    Raises:
        CommandError: it is no list of texts.

    """
    value = payload.get(name, list(default))
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise CommandError(
            422, f"{name} must be a list of texts", error_code="parameter_missing_or_invalid"
        )
    return value


class LookupByBasePath(Endpoint):
    """`POST /lookup-by-base-path`."""

    reads = frozenset({"GET", "HEAD", "POST"})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Get content ids by path."""
        payload = payload_of(request)
        if not payload.get("base_paths"):
            refuse_missing("base_paths")
        found = content_ids_by_base_path(
            self.caller.token,
            texts(payload, "base_paths"),
            with_drafts=boolean(payload.get("with_drafts"), default=False),
            exclude_document_types=texts(payload, "exclude_document_types", GONE_TYPES),
            exclude_unpublishing_types=texts(
                payload, "exclude_unpublishing_types", GONE_UNPUBLISHINGS
            ),
        )
        return json_response(found)


class EditionList(Endpoint):
    """`GET /v2/editions`."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """List editions."""
        asked = request.GET
        wanted = EditionsFilter(
            fields=many(request, "fields"),
            states=many(request, "states"),
            document_types=many(request, "document_types") or many(request, "document_type"),
            locale=asked.get("locale"),
            publishing_app=asked.get("publishing_app"),
            order=asked.get("order") or "updated_at",
            per_page=positive(asked.get("per_page"), 100),
            before=asked.get("before"),
            after=asked.get("after"),
        )
        return json_response(get_editions(self.caller.token, wanted, original_url(request)))
