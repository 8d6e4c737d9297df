"""Snapshots of deleted previews: noted with the deletion, set aside, deleted a day later.

A snapshot is stored before the row that names it is committed, and one that is there already is not
written again: a rendering may count on a file at the moment in which it goes. So it is set aside
first, where `snapshots.get` still finds it, and whoever turned out to need it gets it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from preview.impact.models import ImpactPage
from preview.rendering.companions import RenderedItem, RenderedSurface
from preview.rendering.models import RenderedPage
from preview.rendering.snapshots import location, set_aside_location, storage
from preview.retention.models import Leftover

AT_ONCE = 500
# The columns that name a snapshot, each with the way to its rendering.
COLUMNS: tuple[tuple[Any, str], ...] = (
    (RenderedPage, "sha256"),
    (RenderedItem, "sha256"),
    (RenderedItem, "live_sha256"),
    (RenderedSurface, "sha256"),
)


def note(renderings: Q, impacts: Q | None = None) -> None:
    """Note the snapshots of renderings (and of what they change) that are about to be deleted.

    The conditions are over rows that have a `rendering`, and over pages of an impact.
    """
    digests = {one for model, column in COLUMNS for one in column_of(model, column, renderings)}
    if impacts is not None:
        digests |= set(of_impacts(impacts))
    rows = [Leftover(sha256=one) for one in digests if one]
    Leftover.objects.bulk_create(rows, ignore_conflicts=True, batch_size=AT_ONCE)


def column_of(model: Any, column: str, wanted: Q) -> Iterator[str]:
    """Give the digests in a column of the rows that are wanted."""
    yield from model.objects.filter(wanted).order_by().values_list(column, flat=True).iterator()


def of_impacts(wanted: Q) -> Iterator[str]:
    """Give the digests of pages that a pack changes."""
    rows = ImpactPage.objects.filter(wanted).order_by().values_list("before", "after")
    for before, after in rows.iterator():
        yield from (str(page["sha256"]) for page in [*before, *after])


class Needed:
    """Which snapshots something still shows, for one run of retention.

    All impacts are read once, when it is first asked: they name their snapshots in no column that
    a database can look up. So it is made anew for each run, and asked only about what was noted.
    """

    @cached_property
    def by_impacts(self) -> frozenset[str]:
        """The noted snapshots that pages of impacts show."""
        noted = set(Leftover.objects.values_list("pk", flat=True))
        return frozenset(noted.intersection(of_impacts(Q())))

    def among(self, digests: Collection[str]) -> set[str]:
        """Return those of some noted digests that something still shows."""
        found = {
            one
            for model, column in COLUMNS
            for one in column_of(model, column, Q(**{f"{column}__in": digests}))
        }
        return found | self.by_impacts.intersection(digests)


def move(source: str, target: str) -> None:
    """Move a stored file; a second call, or one after a kill in the middle, ends the same."""
    place = storage()
    if not place.exists(source):
        return
    with place.open(source) as stored:
        content = stored.read()
    if not (place.exists(target) and place.size(target) == len(content)):
        place.delete(target)
        place.save(target, ContentFile(content))
    place.delete(source)


def set_aside(needed: Needed) -> None:
    """Set aside the files of all snapshots that were noted and that nothing shows."""
    noted = list(Leftover.objects.filter(moved_at=None).values_list("pk", flat=True))
    for start in range(0, len(noted), AT_ONCE):
        batch = noted[start : start + AT_ONCE]
        kept = needed.among(batch)
        Leftover.objects.filter(pk__in=kept).delete()
        for sha256 in set(batch) - kept:
            move(location(sha256), set_aside_location(sha256))
            Leftover.objects.filter(pk=sha256).update(moved_at=timezone.now())


def delete(keys: Sequence[str], needed: Needed) -> int:
    """Delete the files of these snapshots, and bring back those that are needed; return how many.

    A file that is missing was deleted by a run that was killed before it could say so.
    """
    kept = needed.among(keys)
    for sha256 in keys:
        if sha256 in kept:
            move(set_aside_location(sha256), location(sha256))
        else:
            storage().delete(set_aside_location(sha256))
    Leftover.objects.filter(pk__in=keys).delete()
    return len(set(keys) - kept)
