"""`/paths` and `/publish-intent`.

Source: alphagov/publishing-api `app/controllers/path_reservations_controller.rb`,
`app/controllers/publish_intents_controller.rb`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from publishing_bridge.content_store.models import PublishIntent
from publishing_bridge.content_store.publish_intents import present_intent
from publishing_bridge.publishing_api.commands.path_reservations import (
    reserve_path,
    unreserve_path,
)
from publishing_bridge.publishing_api.commands.publish_intents import (
    delete_publish_intent,
    put_publish_intent,
)
from publishing_bridge.publishing_api.endpoint import Endpoint
from publishing_bridge.wire.answers import json_response, payload_of


class Path(Endpoint):
    """`/paths/*base_path`; inside a pack no path is reserved, so nothing changes."""

    def put(self, request: HttpRequest, base_path: str = "") -> HttpResponse:
        """Reserve a path."""
        payload, path = payload_of(request), f"/{base_path}"
        if self.pack:
            return json_response({**payload, "base_path": path})
        return json_response(reserve_path(caller=self.caller, base_path=path, payload=payload))

    def delete(self, request: HttpRequest, base_path: str = "") -> HttpResponse:
        """Give a path back."""
        payload, path = payload_of(request), f"/{base_path}"
        if self.pack:
            return json_response({**payload, "base_path": path})
        return json_response(unreserve_path(caller=self.caller, base_path=path, payload=payload))


class Intent(Endpoint):
    """`/publish-intent/*base_path`; inside a pack nothing is scheduled, so nothing changes."""

    def get(self, request: HttpRequest, base_path: str = "") -> HttpResponse:  # noqa: ARG002 (Django's)
        """Get the intent of a path."""
        found = PublishIntent.objects.filter(base_path=f"/{base_path}").first()
        return json_response(present_intent(found)) if found else json_response({}, 404)

    def put(self, request: HttpRequest, base_path: str = "") -> HttpResponse:
        """Say when content will be published."""
        payload = payload_of(request)
        if self.pack:
            return json_response(payload)
        return json_response(
            put_publish_intent(caller=self.caller, base_path=f"/{base_path}", payload=payload)
        )

    def delete(self, request: HttpRequest, base_path: str = "") -> HttpResponse:  # noqa: ARG002 (Django's)
        """Take an intent back."""
        if self.pack:
            return json_response({})
        found = delete_publish_intent(caller=self.caller, base_path=f"/{base_path}")
        return json_response({}, 200 if found else 404)
