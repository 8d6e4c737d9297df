"""Drafts that a pack showed once and shows no more, and the snapshots that still tell of them.

A page is made again without a draft that left, but not in the very moment in which it leaves; and a
link with pinned versions shows what was made before. What was made of a draft is in `used`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from preview.packs.models import Pack


@dataclass(frozen=True)
class Gone:
    """A draft that a pack shows no more: its item, its path, since when."""

    content_id: str
    path: str
    since: datetime


def gone_from(pack: Pack) -> list[Gone]:
    """Return what a pack shows no more: what left it, and what was discarded."""
    drafts = pack.gone()
    left = dict(
        pack.departures.filter(draft__in=drafts.values("pk"))
        .order_by()
        .values("draft")
        .annotate(last=Max("left_at"))
        .values_list("draft", "last")
    )
    return [
        Gone(str(one.content_id), one.base_path, left.get(one.pk) or one.updated_at)
        for one in drafts
    ]


def tells_of(used: Mapping[str, Any], ended_at: datetime | None, gone: Iterable[Gone]) -> bool:
    """Say whether a rendering, made of `used`, was made with one of these drafts in its pack.

    `used` counts with the rendered item itself among its content ids.
    """
    ids, paths = set(used.get("content_ids", ())), set(used.get("paths", ()))
    return any(
        ended_at is None or ended_at <= one.since
        for one in gone
        if one.content_id in ids or (one.path and one.path in paths)
    )
