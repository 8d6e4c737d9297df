"""What a pack proposes, read once: its open drafts by content item, locale and kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q

from preview.drafts.models import Draft, Version
from preview.drafts.proposals import Unpublishing, links_of, unpublishing_of
from preview.overlay.live import Item
from preview.packs.models import Audience, Pack, counting

Key = tuple[str, str]
"""Content id and locale."""
NEVER_SHOWN = ("access_limited", "auth_bypass_ids", "previous_version", "bulk_publishing", "links")


@dataclass
class Proposals:
    """The proposals of a pack for one audience; `links` are by content id, they have no locale."""

    content: dict[Key, Item] = field(default_factory=dict)
    links: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    unpublishings: dict[Key, Unpublishing] = field(default_factory=dict)

    def touched(self) -> set[str]:
        """Return the content ids for which something is proposed."""
        keys = {content_id for content_id, _ in (*self.content, *self.unpublishings)}
        return keys | set(self.links)

    def add(self, version: Version) -> None:
        """Enter a version by the kind of its draft."""
        draft, payload = version.draft, version.content()
        content_id = str(draft.content_id)
        if draft.kind == Draft.Kind.LINKS:
            self.links[content_id] = links_of(payload)
        elif draft.kind == Draft.Kind.UNPUBLISHING:
            self.unpublishings[content_id, draft.locale] = unpublishing_of(payload)
        else:
            self.content[content_id, draft.locale] = as_item(version, payload)


def as_item(version: Version, payload: dict[str, Any]) -> Item:
    """Return a version of kind `content` as an item."""
    draft = version.draft
    fields = {"phase": "live", "details": {}, **payload}
    for name in NEVER_SHOWN:
        fields.pop(name, None)
    fields["content_id"] = str(draft.content_id)
    fields["locale"] = draft.locale
    fields["updated_at"] = version.created_at.isoformat()
    return Item(str(draft.content_id), draft.locale, fields, links_of(payload))


def proposals(
    pack: Pack, audience: str, pinned: Version | None = None, at: datetime | None = None
) -> Proposals:
    """Return what a pack proposes to an audience; `pinned` stands for its draft's newest version.

    Limited drafts are for `full` only, whatever the pack. A draft that waits for consent is left
    out, and so is, at the time `at`, one that is scheduled for later.
    """
    wanted = counting("draft__memberships__") & Q(
        draft__memberships__pack=pack, draft__state=Draft.State.OPEN
    )
    if audience != Audience.FULL:
        wanted &= Q(draft__limited=False)
    if at is not None:
        wanted &= Q(draft__scheduled_at=None) | Q(draft__scheduled_at__lte=at)
    found = Proposals()
    newest = Version.objects.filter(wanted, number=F("draft__version_number"))
    for version in newest.select_related("draft").order_by("draft__memberships__position", "id"):
        if pinned is None or version.draft_id != pinned.draft_id:
            found.add(version)
    if pinned is not None:
        found.add(pinned)
    return found
