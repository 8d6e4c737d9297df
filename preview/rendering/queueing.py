"""Renderings that wait their turn: a row for each, and never two that would show the same.

A row that nobody has begun to render will read everything as it is then, so it stands for any
number of changes: a burst of saves is rendered once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from preview.drafts.models import Draft, Version
from preview.outbox.actions import record_event
from preview.packs.models import Audience, Pack, PackDraft, counting
from preview.rendering.models import PackPage, Rendering

_, RENDERER = settings.RENDERERS[settings.RENDERER]


def queue(
    pack_id: uuid.UUID,
    audience: str,
    item: tuple[uuid.UUID, str],
    version: Version | None,
    *,
    soon: bool = False,
) -> Rendering | None:
    """Queue an item of a pack as its next generation; None where it waits already.

    `soon` puts it before work in bulk.
    """
    content_id, locale = item
    same = Rendering.objects.filter(
        pack=pack_id, audience=audience, content_id=content_id, locale=locale, renderer=RENDERER
    )
    waiting = same.filter(state=Rendering.State.QUEUED, claim=None, attempts=0)
    if version is not None:
        waiting.filter(version__draft=version.draft_id).exclude(version=version).delete()
    same, waiting = same.filter(version=version), waiting.filter(version=version)
    if waiting.exists():
        return None
    newest = same.order_by("-generation").first()
    try:
        with transaction.atomic():
            made = Rendering.objects.create(
                pack_id=pack_id,
                audience=audience,
                content_id=content_id,
                locale=locale,
                version=version,
                renderer=RENDERER,
                generation=newest.generation + 1 if newest else 1,
            )
            topic = "rendering.queued" if soon else "rendering.queued_in_bulk"
            record_event(topic, rendering_id=str(made.id))
    except IntegrityError:
        return None  # another process queued the same generation
    return made


def members(pack: Pack) -> list[Draft]:
    """Return the drafts of a pack that count: open, and nothing waited for."""
    found = Draft.objects.open().filter(
        counting("memberships__"), memberships__pack=pack, version_number__gt=0
    )
    return list(found.order_by("memberships__position", "id"))


def audiences(drafts: Iterable[Draft]) -> list[str]:
    """Return for whom a pack of these drafts is rendered."""
    limited = [draft.limited for draft in drafts]
    found = [Audience.OPEN] if not all(limited) or not limited else []
    return [str(one) for one in ([*found, Audience.FULL] if any(limited) else found)]


def newest_version(draft: Draft) -> Version:
    """Return the newest version of a draft."""
    return Version.objects.select_related("draft").get(draft=draft, number=draft.version_number)


def queue_draft(pack_id: uuid.UUID, draft: Draft, among: Iterable[str]) -> None:
    """Queue a draft's newest version for those audiences of a pack that may see it."""
    version = newest_version(draft)
    if draft.limited:
        unlimited = PackPage.objects.filter(pack=pack_id, content_id=draft.content_id)
        unlimited.filter(locale=draft.locale, audience=Audience.OPEN).filter(
            page__rendering__version__draft=draft
        ).delete()
    for audience in among:
        if audience == Audience.FULL or not draft.limited:
            queue(pack_id, audience, (draft.content_id, draft.locale), version, soon=True)


def queue_dependants(
    pack_id: uuid.UUID,
    changed: set[str],
    paths: set[str],
    *,
    audience: str | None = None,
    but: uuid.UUID | None = None,
) -> int:
    """Queue what a pack shows, or is about to, and that used one of the content ids or paths.

    `but` is the item that changed; it is not its own dependant. Returns how many were queued.
    """
    shown = Q(id__in=PackPage.objects.filter(pack=pack_id).values("page__rendering"))
    begun = Q(pack=pack_id, state=Rendering.State.RENDERING)
    found = Rendering.objects.filter(shown | begun).select_related("version__draft")
    if not paths:  # live pages are compared again, which renders those that change
        found = found.exclude(version=None)
    if audience:
        found = found.filter(audience=audience)
    count = 0
    for rendering in found.exclude(content_id=but) if but else found:
        if depends(rendering, changed, paths) and is_current(rendering):
            item = (rendering.content_id, rendering.locale)
            queued = queue(pack_id, rendering.audience, item, rendering.version)
            count += queued is not None
    return count


def depends(rendering: Rendering, changed: set[str], paths: set[str]) -> bool:
    """Say whether a rendering used what changed; one that is being made may have."""
    if rendering.state == Rendering.State.RENDERING or str(rendering.content_id) in changed:
        return True
    used = rendering.used
    return not changed.isdisjoint(used.get("content_ids", ())) or not paths.isdisjoint(
        used.get("paths", ())
    )


def is_current(rendering: Rendering) -> bool:
    """Say whether a rendering is of what its draft says now; an older version stays as it is."""
    version = rendering.version
    if version is None:
        return True
    return version.number == version.draft.version_number and (
        version.draft.state == Draft.State.OPEN
    )


def packs_of(draft: Draft) -> list[uuid.UUID]:
    """Return the packs that show a draft, apart from its own."""
    found = PackDraft.objects.filter(counting(), draft=draft, pack__archived_at=None)
    return list(found.exclude(pack__own_draft=F("draft")).values_list("pack", flat=True))


def as_text(paths: Iterable[str]) -> str:
    """Return paths as an event carries them."""
    return json.dumps(sorted(paths))
