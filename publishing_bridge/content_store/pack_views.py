"""`/packs/<id>/content/*path`: the content store of one pack, for a front end of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from preview.access import Act, Staff
from preview.api.drafts import READ_ALL
from preview.drafts.models import Draft
from preview.packs.models import Audience, Pack
from publishing_bridge.content_store.access import Visitor, visitor_of
from publishing_bridge.content_store.models import ContentItem
from publishing_bridge.content_store.overlaid import of_pack
from publishing_bridge.content_store.views import READING, Content
from publishing_bridge.wire.answers import REFUSALS, nothing, refusal
from publishing_bridge.wire.caller import READ, Caller, caller_of


class PackContent(Content):
    """The items of a pack over live content; it only reads."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the pack and what of it the caller may read; for all others there is none."""
        if request.method not in READING:
            return nothing()
        try:
            named = "Authorization" in request.headers or not settings.CONTENT_STORE_PUBLIC
            caller = caller_of(request, READ) if named else None
        except REFUSALS as error:
            return refusal(error)
        pack = readable_pack(kwargs.pop("pack_id"), caller)
        if pack is None:
            return HttpResponse(status=404)
        self.pack, self.audience = pack, audience_of(pack, caller, believed(request, caller))
        return self.get(request, *args, **kwargs)

    def item_at(self, path: str, visitor: Visitor) -> ContentItem | None:  # noqa: ARG002 (as above it)
        """Return what the pack shows at a path."""
        return of_pack(self.pack, self.audience, path)


def readable_pack(pack_id: uuid.UUID, caller: Caller | None) -> Pack | None:
    """Return a pack that the caller made, or that is their draft's own, or that everybody reads.

    Who reads all drafts reads all packs. An app whose draft is in the pack of another does not.
    """
    pack = Pack.objects.filter(id=pack_id, archived_at=None).first()
    if pack is None or caller is None:
        return pack
    its_own = pack.own_draft is not None and pack.own_draft.app_id == caller.app.pk
    made_it = pack.owner == f"app:{caller.app.name}"
    return pack if its_own or made_it or READ_ALL in caller.token.scopes else None


def believed(request: HttpRequest, caller: Caller | None) -> Visitor:
    """Return whom the request says it is for, where its sender is believed.

    The proxy in front and who reads all drafts are; any other app could name whom it likes.
    """
    trusted = caller is None or READ_ALL in caller.token.scopes
    return visitor_of(request) if trusted else Visitor()


def audience_of(pack: Pack, caller: Caller | None, visitor: Visitor) -> str:
    """Return for whom the pack is read: with its limited drafts only for who may see all of them.

    Those are the app that owns them, and the person that the headers of the proxy name.
    """
    limited = [draft for draft in pack.counted() if draft.limited]
    if limited and all(sees(draft, caller, visitor) for draft in limited):
        return Audience.FULL
    return Audience.OPEN


def sees(draft: Draft, caller: Caller | None, visitor: Visitor) -> bool:
    """Say whether a limited draft may be read."""
    if caller is not None and draft.app_id == caller.app.pk:
        return True
    person = Staff(visitor.user or "", visitor.organisation, frozenset({"signin"}))
    named = bool(visitor.user or visitor.organisation)
    return named and draft.decide(person, Act.VIEW).allowed
