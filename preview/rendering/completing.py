"""What follows once a rendering can be looked at: its items are kept, its surfaces made.

A task of its own, so that a preview is ready before search results and the like are. Comparison
and checks stand on what is kept here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import orjson
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview import pages
from preview.outbox.actions import end_delivery, record_event
from preview.overlay.overlay import ENGLISH
from preview.overlay.presenting import Presenter
from preview.overlay.proposals import Proposals, proposals
from preview.rendering import links, snapshots
from preview.rendering.companions import RenderedItem, RenderedSurface
from preview.rendering.making import locales, notice, presenter_of
from preview.rendering.models import Rendering
from preview.rendering.renderers import options_of

Json = Mapping[str, Any]


def complete_rendering(*, rendering_id: str, delivery_id: str) -> None:
    """Keep a ready rendering's items and make its surfaces; a second call changes nothing."""
    found = Rendering.objects.select_related("pack", "version__draft")
    rendering = found.filter(id=uuid.UUID(rendering_id), state=Rendering.State.READY).first()
    if rendering is None or rendering.items.exists():
        end_delivery(delivery_id)
        return
    presenter, live = presenters(rendering)
    rows = [
        kept(rendering, locale, item, live)
        for locale in locales(presenter, str(rendering.content_id), rendering.locale)
        if (item := presenter.item(str(rendering.content_id), locale)) is not None
    ]
    first = next((one for one in rows if one.locale == ENGLISH), rows[0] if rows else None)
    surfaces = made(rendering, item_at(first.sha256), presenter) if first else []
    with transaction.atomic():
        RenderedItem.objects.bulk_create(rows, ignore_conflicts=True)
        RenderedSurface.objects.bulk_create(surfaces, ignore_conflicts=True)
        record_event("rendering.completed", rendering_id=rendering_id)
        end_delivery(delivery_id)


def presenters(rendering: Rendering) -> tuple[Presenter, Presenter]:
    """Return what presents the rendering's pack, and what presents live content by itself."""
    pack, now = rendering.pack, timezone.now()
    proposed = proposals(pack, rendering.audience, rendering.version, pack.as_of)
    return presenter_of(pack, proposed, now), presenter_of(pack, Proposals(), now)


def kept(rendering: Rendering, locale: str, item: Json, live: Presenter) -> RenderedItem:
    """Store an item and its live one; return their row, which is not saved yet."""
    before = live.item(str(rendering.content_id), locale)
    return RenderedItem(
        rendering=rendering,
        locale=locale,
        sha256=put(item),
        live_sha256=put(before) if before else "",
        live_read_at=live.overlay.read_at or live.now,
    )


def put(item: Json) -> str:
    """Store an item as JSON; return its address."""
    return snapshots.put(orjson.dumps(item, option=orjson.OPT_SORT_KEYS).decode()).sha256


def item_at(sha256: str) -> dict[str, Any]:
    """Return a stored item.

    Raises:
        FileNotFoundError: there is none.

    """
    found: dict[str, Any] = orjson.loads(snapshots.get(sha256))
    return found


def made(rendering: Rendering, item: Json, presenter: Presenter) -> list[RenderedSurface]:
    """Store every surface of an item; return their rows, which are not saved yet."""
    options = options_of(presenter, notice(rendering.version))
    shown = [pages.surface(item, name, options) for name in pages.SURFACES]
    return [
        RenderedSurface(
            rendering=rendering,
            name=one.surface,
            sha256=snapshots.put(links.lead(one.html, (), settings.WEBSITE_ROOT)).sha256,
        )
        for one in shown
    ]
