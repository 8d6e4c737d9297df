"""Share links of yours: about to end, asked for again, to be approved, approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import F, Q

from preview.access import Act, Staff
from preview.drafts.models import Draft
from preview.notifications.models import Notification
from preview.notifications.people import approvers_of, name_of, uids_in
from preview.notifications.registry import Kind, Payload, Told, hears, kind, watches
from preview.sharing.agreeing import first_persons
from preview.sharing.models import LinkRequest, ShareLink, living_at
from preview.sharing.words import clock

GROUP = "Share links"
PLACE = "/packs/{pack}/share"
BEFORE = timedelta(hours=24)


def link_of(notification: Notification) -> ShareLink | None:
    """Return the link that it is about."""
    return ShareLink.objects.filter(id=notification.facts["link"]).first()


def still_ends(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say whether the link still opens, and was not extended."""
    link = link_of(notification)
    ends = str(notification.facts["ends"])
    return link is not None and link.alive and link.expires_at.isoformat() == ends


def still_asked(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say whether the request was not answered."""
    return LinkRequest.objects.filter(id=notification.facts["request"], outcome="").exists()


def still_to_approve(notification: Notification, staff: Staff) -> bool:
    """Say whether the link still waits, and for somebody who did not make or change it."""
    link = link_of(notification)
    if link is None or not link.alive or link.approved:
        return False
    return f"person:{staff.uid}" not in first_persons(link)


def label_of(notification: Notification) -> str:
    """Return what the link is called."""
    link = link_of(notification)
    return f"Link: {link.label}" if link and link.label else ""


def message_of(notification: Notification) -> str:
    """Return what the asker wrote, and which link they had."""
    found = LinkRequest.objects.filter(id=notification.facts["request"]).first()
    return " · ".join(filter(None, (found.message if found else "", label_of(notification))))


ENDING = kind(
    Kind(
        "link_ending",
        "A link of yours ends within a day",
        GROUP,
        one="A share link of yours ends at {by}",
        many="{count} of your share links end within a day",
        place=PLACE,
        holds=still_ends,
        detail=label_of,
    )
)
ASKED_FOR = kind(
    Kind(
        "link_requested",
        "Somebody asks for a new link because yours has ended",
        GROUP,
        one="{name} asks for a new link. If you do not know this person, say no. They are not told",
        many="{count} people ask for a new link: {names}",
        place=PLACE,
        urgent=True,
        holds=still_asked,
        detail=message_of,
    )
)
TO_APPROVE = kind(
    Kind(
        "approval_asked",
        "A link of a market-sensitive draft needs your approval",
        GROUP,
        one="{name} made a share link that needs a second person to approve it",
        many="{count} share links need a second person to approve them",
        place=PLACE,
        urgent=True,
        act=Act.APPROVE,
        holds=still_to_approve,
    )
)
APPROVED = kind(
    Kind(
        "approval_given",
        "Your link of a market-sensitive draft is approved",
        GROUP,
        one="{name} approved your share link",
        many="{count} of your share links were approved",
        place=PLACE,
        urgent=True,
    )
)


def about(link: ShareLink, kind: str, source: str, people: Iterable[str], **facts: str) -> Told:
    """Return what is told of a link: about the draft whose own pack it opens, or the named pack."""
    own = link.pack.own_draft_id
    return Told(
        kind,
        source,
        people,
        draft_id=own,
        pack_id=None if own else link.pack_id,
        facts={"link": str(link.id), "pack": str(link.pack_id), **facts},
    )


@watches
def ending(now: datetime) -> Iterator[Told]:
    """Tell who made a link a day before it ends; one that was made for less knows."""
    soon = ShareLink.objects.filter(
        Q(pack__own_draft=None) | Q(pack__own_draft__state=Draft.State.OPEN),
        living_at(now),
        created_by__startswith="person:",
        expires_at__lte=now + BEFORE,
        created_at__lt=F("expires_at") - BEFORE,
        pack__archived_at=None,
    )
    for link in soon.select_related("pack").order_by("expires_at"):
        ends = link.expires_at.isoformat()
        maker, by = uids_in(link.created_by), clock(link.expires_at)
        yield about(link, ENDING, f"link:{link.id}:{ends}", maker, by=by, ends=ends)


@hears("share_link.requested")
def asked_for(payload: Payload) -> Iterator[Told]:
    """Tell who made the link that ended."""
    asked = LinkRequest.objects.select_related("link__pack").get(id=payload["asked_id"])
    link, key = asked.link, str(asked.id)
    name = f"{asked.name} ({asked.email})" if asked.name else asked.email
    maker = uids_in(link.created_by)
    told = about(link, ASKED_FOR, f"request:{key}", maker, name=name, request=key)
    yield replace(told, by=f"email:{asked.email}")


@hears("share_link.approval_asked")
def to_approve(payload: Payload) -> Iterator[Told]:
    """Tell who may agree to a link that waits for a second person."""
    link = ShareLink.objects.select_related("pack").get(id=payload["link_id"])
    if not link.approved:
        source = f"link:{link.id}:{payload['asked_at']}"
        yield about(link, TO_APPROVE, source, approvers_of(link), name=name_of(link.created_by))


@hears("share_link.approved")
def approved(payload: Payload) -> Iterator[Told]:
    """Tell who made the link."""
    link = ShareLink.objects.select_related("pack").get(id=payload["link_id"])
    maker, name = uids_in(link.created_by), name_of(link.approved_by)
    source = f"link:{link.id}:{link.approved_at}"
    told = about(link, APPROVED, source, maker, name=name)
    yield replace(told, by=link.approved_by)
