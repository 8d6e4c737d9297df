"""Links from a pack's drafts to drafts that are not in it, which lead a guest to the live page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from preview.drafts.models import Draft, Version
from preview.drafts.proposals import links_of
from preview.packs.models import Pack, counting
from preview.rendering.models import PackPage

MOST = 100


@dataclass(frozen=True)
class Missing:
    """A draft that is not in the pack, and the draft of the pack that links to it."""

    linked_from: Draft
    missing: Draft


def missing_drafts(pack: Pack, *, readable: QuerySet[Draft]) -> list[Missing]:
    """Return the links to open drafts that the pack lacks, among those that may be told of.

    Links are those of the content items, and those in the text of the pages that were rendered.
    At most 100, in the order of the pack.
    """
    versions = list(versions_of(pack))
    led = paths_by_draft(pack)
    targets = {one.draft_id: set(targets_of(one)) for one in versions}
    members = {one.draft_id for one in versions}
    ids = {target for found in targets.values() for target in found}
    paths = {path for found in led.values() for path in found}
    if not ids and not paths:
        return []
    outside = readable.filter(Q(content_id__in=ids) | Q(base_path__in=paths), state="open")
    others = list(outside.exclude(id__in=members).filter(kind=Draft.Kind.CONTENT)[:MOST])
    return [
        Missing(one.draft, other)
        for one in versions
        for other in others
        if str(other.content_id) in targets[one.draft_id]
        or other.base_path in led.get(one.draft_id, ())
    ][:MOST]


def versions_of(pack: Pack) -> QuerySet[Version]:
    """Return the newest version of each draft that the pack shows, in its order."""
    found = Version.objects.filter(
        counting("draft__memberships__"),
        draft__memberships__pack=pack,
        draft__state=Draft.State.OPEN,
        number=F("draft__version_number"),
    )
    return found.select_related("draft").order_by("draft__memberships__position", "id")


def targets_of(version: Version) -> Iterator[str]:
    """Give the content ids that a version links to."""
    for ids in links_of(version.content()).values():
        yield from ids


def paths_by_draft(pack: Pack) -> dict[Any, set[str]]:
    """Return, by draft, the paths that its pages in the pack lead to."""
    shown = PackPage.objects.filter(pack=pack, page__rendering__version__isnull=False)
    rows = shown.values_list("page__rendering__version__draft", "page__rendering__used").distinct()
    found: dict[Any, set[str]] = {}
    for draft_id, used in rows:
        found.setdefault(draft_id, set()).update(used.get("paths", ()))
    return found
