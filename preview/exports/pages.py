"""Which pages of a pack somebody may take out of the service, in the order of the pack.

A copy can't be stopped as a link can. So it takes what sharing takes, limited drafts come along
only for whoever may share those, and nothing that a market-sensitive draft shows or changes does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from preview.access import Act, Sensitivity, Staff
from preview.assets import storing
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import AccessDenied
from preview.exports.alone import MOST_IMAGE_BYTES, Article, alone
from preview.packs.models import Audience, Pack
from preview.rendering import snapshots
from preview.rendering.draft_files import asset_of_pack
from preview.rendering.models import PackPage

MOST_PAGES = 100
AGAIN = "/print"  # a guide once more, on one page: its parts are there already


@dataclass(frozen=True)
class Export:
    """A pack to take along: its pages, when it was made, how many pages stay behind and why."""

    pack: Pack
    articles: list[Article]
    made_at: datetime
    sensitive: int
    more: int


@transaction.atomic
def export_pack(*, pack: Pack, staff: Staff) -> Export:
    """Return the pages of a pack, each made to stand alone, and record that they left.

    Raises:
        AccessDenied: this person may not share the pack.

    """
    decision = pack.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    audiences = [Audience.OPEN, Audience.FULL] if decision.sees_limited else [Audience.OPEN]
    pages, sensitive = kept(pack, in_order(pack, audiences))
    places = {one.path: number for number, one in enumerate(pages[:MOST_PAGES], 1)}

    def image(path: str) -> tuple[str, bytes] | None:
        """Return type and bytes of a draft file that is an image of bounded size."""
        asset = asset_of_pack(pack, audiences, path)
        if asset is None or not asset.content_type.startswith("image/"):
            return None
        if asset.size > MOST_IMAGE_BYTES:
            return None
        return asset.content_type, b"".join(storing.read(asset.sha256, 0, asset.size - 1))

    articles = [
        alone(snapshots.get(one.page.sha256).decode(), one.path, one.page.title, places, image)
        for one in pages[:MOST_PAGES]
    ]
    record_entry(
        action="pack.export",
        actor=f"person:{staff.uid}",
        subject=f"pack:{pack.id}",
        pack=pack.id,
        pages=len(articles),
        limited=decision.sees_limited,
    )
    more = max(0, len(pages) - MOST_PAGES)
    return Export(pack, articles, timezone.now(), sensitive, more)


def in_order(pack: Pack, audiences: list[Audience]) -> list[PackPage]:
    """Return the pages that a pack shows to these audiences: drafts in its order, then live ones.

    The fuller audience counts at each path.
    """
    places = {one.id: number for number, one in enumerate(pack.counted())}
    found = PackPage.objects.filter(pack=pack, audience__in=audiences).select_related(
        "page__rendering__version"
    )
    by_path: dict[str, PackPage] = {}
    for one in sorted(found, key=lambda page: page.audience == Audience.FULL):
        by_path[one.path] = one

    def place(one: PackPage) -> tuple[int, int, str]:
        version = one.page.rendering.version
        last = len(places)
        return (
            places.get(version.draft_id, last) if version else last + 1,
            one.page.position,
            one.path,
        )

    return [one for one in sorted(by_path.values(), key=place) if not again(one, by_path)]


def again(page: PackPage, by_path: dict[str, PackPage]) -> bool:
    """Say whether a page shows once more what other pages of the pack show."""
    return page.path.endswith(AGAIN) and page.path.removesuffix(AGAIN) in by_path


def kept(pack: Pack, pages: list[PackPage]) -> tuple[list[PackPage], int]:
    """Return the pages that tell of nothing that has to stay, and how many do.

    That are market-sensitive drafts, limited ones that left the pack, and those that became limited
    since a page for everybody was rendered.
    """
    held = pack.counted().order_by()
    left = Q(departures__pack=pack, limited=True) & ~Q(pk__in=held.values("pk"))
    market = Q(pk__in=held.values("pk"), sensitivity=Sensitivity.MARKET_SENSITIVE)
    never = Draft.objects.filter(left | market).values_list("content_id", flat=True)
    secret = {str(one) for one in never}
    limits = dict(held.filter(limited=True).values_list("content_id", "limits_changed_at"))
    found = []
    for one in pages:
        rendering = one.page.rendering
        used = {*rendering.used.get("content_ids", ()), str(rendering.content_id)}
        since = {
            str(content_id)
            for content_id, changed in limits.items()
            if rendering.audience == Audience.OPEN and not before(changed, rendering.ended_at)
        }
        if used.isdisjoint(secret | since):
            found.append(one)
    return found, len(pages) - len(found)


def before(changed: datetime | None, ended: datetime | None) -> bool:
    """Say whether limits were set before a rendering ended, for all that is known."""
    return changed is not None and ended is not None and changed < ended
