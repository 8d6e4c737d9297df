"""What becomes of a copy: the preview's drafts are made and ended as the real editions were.

The app that a copy is from is the one that `publishing_app` names: the real Publishing API has
checked the caller's token.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.text import slugify

from preview import schemas
from preview.accounts.models import AppToken, PublisherApp
from publishing_bridge.publishing_api import previews
from publishing_bridge.publishing_api.commanding import locale_of
from publishing_bridge.tee.models import ForwardedRequest
from publishing_bridge.wire.caller import Caller

log = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=30)
ACTOR = "bridge:tee"


def handle(copy_id: str) -> int:
    """Handle every waiting copy about the same content, oldest first; return how many.

    A copy that can't be used is kept with its reason, and those after it are handled all the same.
    """
    copy = ForwardedRequest.objects.filter(id=uuid.UUID(copy_id)).first()
    if copy is None:
        return 0
    count = 0
    with transaction.atomic():
        waiting = ForwardedRequest.objects.select_for_update().filter(
            content_id=copy.content_id, failure=""
        )
        for one in waiting.order_by("sequence"):
            settle(one)
            count += 1
    return count


def settle(copy: ForwardedRequest) -> None:
    """Handle one copy: it goes when it is done, and stays with the reason when it can't be."""
    try:
        with transaction.atomic():
            payload = schemas.parse_json(bytes(copy.body)) if copy.body else {}
            HANDLERS[kind_of(copy)](copy, payload)
    except DatabaseError:
        raise  # not the copy's fault: the outbox tries again
    except Exception as error:  # noqa: BLE001 (a border: a copy must not hold up those after it)
        log.warning("tee.copy_not_used", extra={"path": copy.path, "error_message": str(error)})
        copy.failure = f"{type(error).__name__}: {error}"[:2000]
        copy.body = b""
        copy.save(update_fields=["failure", "body"])
        return
    copy.delete()


def kind_of(copy: ForwardedRequest) -> str:
    """Return what was asked for: `content`, `links`, or the command's name."""
    _, _, resource, _, *command = copy.path.split("/")
    return command[0] if command else resource


def content_put(copy: ForwardedRequest, payload: Mapping[str, Any]) -> None:
    """Make or change the draft."""
    name = slugify(str(payload.get("publishing_app", "")))[:64] or "unknown"
    app, _ = PublisherApp.objects.get_or_create(name=name)
    caller = Caller(AppToken(app=app), copy.user_uid, copy.request_id)
    previews.content_saved(caller, copy.content_id, payload)


def links_patched(copy: ForwardedRequest, payload: Mapping[str, Any]) -> None:
    """End the proposal of links that is live now."""
    previews.links_changed(copy.content_id, payload.get("links") or {}, ACTOR)


def published(copy: ForwardedRequest, payload: Mapping[str, Any]) -> None:
    """End the draft: it is live."""
    previews.content_published(copy.content_id, locale_of(payload), ACTOR)


def discarded(copy: ForwardedRequest, payload: Mapping[str, Any]) -> None:
    """End the draft: nobody wants it."""
    previews.content_discarded(copy.content_id, locale_of(payload), ACTOR)


def unpublished(copy: ForwardedRequest, payload: Mapping[str, Any]) -> None:
    """End the proposal to unpublish, and the draft."""
    previews.unpublished(copy.content_id, locale_of(payload), ACTOR)


HANDLERS: dict[str, Callable[[ForwardedRequest, Mapping[str, Any]], None]] = {
    "content": content_put,
    "links": links_patched,
    "publish": published,
    "discard-draft": discarded,
    "unpublish": unpublished,
}


def purge_copies() -> int:
    """Delete copies that could not be used and are a month old; return how many."""
    old = timezone.now() - KEPT_FOR
    count, _ = ForwardedRequest.objects.exclude(failure="").filter(accepted_at__lt=old).delete()
    return count
