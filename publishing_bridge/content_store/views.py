"""`/content` and `/publish-intent` of the content store.

Source: alphagov/content-store `app/controllers/content_items_controller.rb`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from preview.accounts.models import PublisherApp
from preview.api.drafts import READ_ALL
from preview.errors import MalformedJSON
from preview.ops.middleware import keep_caching
from publishing_bridge.content_store import overlaid, tickets
from publishing_bridge.content_store.access import Visitor, can_view, visitor_of
from publishing_bridge.content_store.items import (
    InvalidItem,
    OutOfOrder,
    delete_item,
    put_item,
)
from publishing_bridge.content_store.models import ContentItem
from publishing_bridge.content_store.presentation import cache_control, present
from publishing_bridge.wire.answers import REFUSALS, json_response, nothing, payload_of, refusal
from publishing_bridge.wire.caller import PUSH, READ, caller_of

FORBIDDEN = {
    "errors": {
        "type": "access_forbidden",
        "code": "403",
        "message": "You do not have permission to access this resource",
    }
}
READING = ("GET", "HEAD")


@method_decorator(csrf_exempt, name="dispatch")
class Content(View):
    """`/content/*base_path`; `public` is the alias under `/api`, which only reads."""

    public = False
    writing: ClassVar[str] = PUSH
    app: PublisherApp | None = None  # the one whose drafts are read; None for all

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a token, but for reading where a ticket or the settings allow it."""
        reading = request.method in READING
        allowed = settings.CONTENT_STORE_PUBLIC or tickets.read(visitor_of(request).bypass_id)
        try:
            if not (reading and allowed):
                caller = caller_of(request, READ if reading else self.writing)
                self.app = None if READ_ALL in caller.token.scopes else caller.app
            return super().dispatch(request, *args, **kwargs)
        except MalformedJSON:
            return HttpResponse(status=400)
        except REFUSALS as error:
            return refusal(error)

    def get(self, request: HttpRequest, base_path: str = "") -> HttpResponse:
        """Get an item; another address of it is answered with the item's own."""
        if undecodable(request):
            return HttpResponse(status=400)
        path, visitor = f"/{base_path}", visitor_of(request)
        stored = self.item_at(path, visitor)
        if self.app is not None and stored is not None and stored.pk is not None:
            # what was pushed is no app's own, and an app could name whom it likes
            visitor = replace(visitor, user=None, organisation=None)
        response = self.answer(request, stored, path, visitor)
        keep_caching(response, cache_control(stored, path, visitor))
        response["Access-Control-Allow-Origin"] = "*"
        return response

    def item_at(self, path: str, visitor: Visitor) -> ContentItem | None:
        """Return what stands at a path for a visitor."""
        return overlaid.item_at(path, visitor, self.app)

    def answer(
        self, request: HttpRequest, stored: ContentItem | None, path: str, visitor: Visitor
    ) -> HttpResponse:
        """Decide in the platform's order: missing, elsewhere, forbidden, gone, there."""
        if stored is None:
            return HttpResponse(status=404)
        if stored.base_path != path:
            prefix = request.path.removesuffix(path)
            response = HttpResponse(status=303)
            response["Location"] = prefix + stored.base_path
            return response
        if not can_view(stored.item, visitor):
            return json_response(FORBIDDEN, 403)
        gone = stored.item.get("schema_name") == "gone" and not any(
            (stored.item.get("details") or {}).values()
        )
        return json_response(present(stored, request), 410 if gone else 200)

    def put(self, request: HttpRequest, base_path: str = "") -> HttpResponse:
        """Store an item whole."""
        if self.public:
            return nothing()
        try:
            created = put_item(base_path=f"/{base_path}", payload=payload_of(request))
        except OutOfOrder as error:
            conflict = {"type": "conflict", "code": "409", "message": str(error)}
            return json_response({"errors": conflict}, 409)
        except InvalidItem as error:
            return json_response({"errors": error.errors}, 422)
        return json_response({}, 201 if created else 200)

    def delete(self, request: HttpRequest, base_path: str = "") -> HttpResponse:  # noqa: ARG002 (Django's)
        """Delete an item."""
        if self.public:
            return nothing()
        return json_response({}, 200 if delete_item(base_path=f"/{base_path}") else 404)


def undecodable(request: HttpRequest) -> bool:
    """Say whether the address is no UTF-8."""
    try:
        unquote_to_bytes(request.path_info).decode()  # Django leaves such bytes as %FF
    except UnicodeDecodeError:
        return True
    return False
