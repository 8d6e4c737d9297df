"""Packs of yours: somebody else added a draft."""

from __future__ import annotations

from collections.abc import Iterator

from preview.access import Act, Staff
from preview.notifications.models import Notification, When
from preview.notifications.people import name_of, owner_of
from preview.notifications.registry import Kind, Payload, Told, hears, kind
from preview.packs.models import PackDraft


def member_of(notification: Notification) -> PackDraft | None:
    """Return the draft in the pack, None where it was taken out since."""
    members = PackDraft.objects.select_related("draft")
    return members.filter(pk=notification.facts["member"]).first()


def still_in(notification: Notification, staff: Staff) -> bool:
    """Say whether the draft is still there, and the owner of the pack may see it."""
    member = member_of(notification)
    return member is not None and member.draft.decide(staff, Act.VIEW).allowed


def title_of(notification: Notification) -> str:
    """Return the title of the draft that was added."""
    member = member_of(notification)
    return member.draft.title if member else ""


ADDED = kind(
    Kind(
        "pack_draft_added",
        "Somebody else adds a draft to a pack of yours",
        "Packs",
        one="{name} added a draft",
        many="{count} drafts added, by {names}",
        place="/packs/{pack}",
        default=When.DAILY,
        holds=still_in,
        detail=title_of,
    )
)


@hears("pack.draft_added")
def added(payload: Payload) -> Iterator[Told]:
    """Tell the owner of the pack."""
    member = PackDraft.objects.select_related("pack").get(pk=payload["member_id"])
    yield Told(
        ADDED,
        f"member:{member.pk}",
        owner_of(member.pack),
        pack_id=member.pack_id,
        by=member.added_by,
        facts={
            "name": name_of(member.added_by),
            "member": member.pk,
            "pack": str(member.pack_id),
        },
    )
