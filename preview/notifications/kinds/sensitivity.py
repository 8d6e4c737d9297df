"""Drafts that somebody wants to be less sensitive: who can be the second person hears of it."""

from __future__ import annotations

from collections.abc import Iterator

from preview.access import Act, Staff
from preview.drafts.lowering import may_agree
from preview.drafts.models import Draft
from preview.notifications.models import Notification
from preview.notifications.people import lowerers_of, name_of
from preview.notifications.registry import Kind, Payload, Told, hears, kind


def still_asked(notification: Notification, staff: Staff) -> bool:
    """Say whether the wish stands, and waits for this person."""
    draft = notification.draft
    if draft is None or draft.lower_asked_at is None:
        return False
    same = draft.lower_asked_at.isoformat() == notification.facts["asked_at"]
    return same and may_agree(draft, staff)


TO_LOWER = kind(
    Kind(
        "lowering_asked",
        "Somebody wants a market-sensitive draft to be less sensitive",
        "Share links",
        one="{name} wants a market-sensitive draft to be less so. A second person has to agree",
        many="{count} market-sensitive drafts wait for a second person, to be less sensitive",
        place="/drafts/{draft}/sensitivity",
        urgent=True,
        act=Act.CLASSIFY,
        holds=still_asked,
    )
)


@hears("draft.lowering_asked")
def asked(payload: Payload) -> Iterator[Told]:
    """Tell who may agree, and is near the draft."""
    draft = Draft.objects.get(id=payload["draft_id"])
    yield Told(
        TO_LOWER,
        f"draft:{draft.id}:{payload['asked_at']}",
        lowerers_of(draft),
        draft_id=draft.id,
        by=draft.lower_asked_by,
        facts={
            "name": name_of(draft.lower_asked_by),
            "draft": str(draft.id),
            "asked_at": str(payload["asked_at"]),
        },
    )
