"""Which page an opened link shows at a path: the newest, or what its pinned versions showed."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from preview.drafts.models import Draft
from preview.packs.models import Audience, Pack, counting
from preview.rendering.gone import gone_from, tells_of
from preview.rendering.models import PackPage, RenderedPage, Rendering
from preview.sharing.models import ShareLink

MOST_GENERATIONS = 50  # of one page; each is a page that was made again


class Page(NamedTuple):
    """The page that a link shows at a path; `sha256` None where it shows none."""

    draft_id: uuid.UUID | None = None
    version: int | None = None
    sha256: str | None = None


def page_without_the_gone(pages: QuerySet[RenderedPage], pack_id: uuid.UUID) -> Page:
    """Return the first page that tells of no draft which the pack shows no more."""
    gone = gone_from(Pack(id=pack_id))
    for one in pages.select_related("rendering__version")[:MOST_GENERATIONS]:
        made = one.rendering
        ids = [*made.used.get("content_ids", ()), str(made.content_id)]
        if not tells_of({**made.used, "content_ids": ids}, made.ended_at, gone):
            version = made.version
            draft, number = (version.draft_id, version.number) if version else (None, None)
            return Page(draft, number, one.sha256)
    return Page()


def pages_now(pack_id: uuid.UUID, path: str, covers: bool) -> QuerySet[RenderedPage]:
    """Return what a pack shows at a path now, with its limited drafts (`covers`) first."""
    shown = PackPage.objects.filter(pack=pack_id, path=path)
    shown = shown.filter(audience__in=audiences(covers=covers))
    pages = RenderedPage.objects.filter(pk__in=shown.values("page"))
    return pages.order_by("rendering__audience")


def audiences(*, covers: bool) -> list[Audience]:
    """Return for whom pages are made that a link shows, with limited drafts or without."""
    return [Audience.FULL, Audience.OPEN] if covers else [Audience.OPEN]


def pinned_pages(
    link_id: uuid.UUID, pack_id: uuid.UUID, made_at: datetime, path: str, covers: bool
) -> QuerySet[RenderedPage]:
    """Return what a pinned link shows: its versions, and live pages as they were at its making.

    A draft that ended, or that the pack shows no more, is gone from pinned links too.
    """
    pin = ShareLink.pinned_versions.through.objects.filter(
        counting("version__draft__memberships__"),
        sharelink=link_id,
        version=OuterRef("rendering__version"),
        version__draft__state=Draft.State.OPEN,
        version__draft__memberships__pack=pack_id,
    )
    back_then = Q(rendering__version=None, rendering__queued_at__lte=made_at)
    shown = RenderedPage.objects.filter(
        Exists(pin) | back_then,
        path=path,
        rendering__pack=pack_id,
        rendering__state=Rendering.State.READY,
        rendering__audience__in=audiences(covers=covers),
    )
    return shown.order_by(F("rendering__audience"), "-rendering__generation")
