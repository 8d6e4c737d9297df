"""Asking for a new link: by somebody whose link has ended, answered by its owner in one click."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from preview.access import Staff
from preview.audit.actions import record_entry
from preview.errors import LinkEnded
from preview.mail.actions import checked_address
from preview.outbox.actions import record_event
from preview.sharing.actions import NewLink, create_share_link
from preview.sharing.models import LinkRequest, ShareLink
from preview.sharing.wanted import Wanted, organisation_of

SAME_AGAIN = timedelta(hours=12)
LASTS = timedelta(days=7)


@transaction.atomic
def ask_for_link(*, link: ShareLink, email: str, name: str = "", message: str = "") -> LinkRequest:
    """Ask the owner of a link for a new one; asking twice within half a day is asking once.

    Raises:
        InvalidInput: `email` is not an e-mail address.

    """
    address = checked_address(email).lower()
    ShareLink.objects.select_for_update().get(id=link.id)  # of two at once, one waits
    since = timezone.now() - SAME_AGAIN
    before = link.requests.filter(email=address, created_at__gt=since, outcome="").first()
    if before is not None:
        return before
    made = LinkRequest.objects.create(
        link=link, email=address, name=name.strip()[:120], message=message.strip()[:500]
    )
    record_entry(
        action="share_link.ask",
        actor=f"link:{link.id}",
        subject=f"link:{link.id}",
        pack=link.pack_id,
    )
    record_event("share_link.requested", asked_id=str(made.id))
    return made


@transaction.atomic
def send_new_link(*, asked: LinkRequest, staff: Staff, sender: str) -> NewLink:
    """Say yes: make a link like the old one, for this person only, and write to them.

    It opens no earlier than the old one did, and shows no other versions.

    Raises:
        AccessDenied: this person may not share the pack.
        InvalidShareLink: the rules do not allow such a link any more.
        LinkEnded: the request was answered before.

    """
    claim(asked, staff, LinkRequest.Outcome.SENT)
    old = asked.link
    days = min(LASTS.days, organisation_of(old.pack).longest_sensitive_link_days)
    wanted = Wanted(
        expires_at=timezone.now() + timedelta(days=days),
        role=old.role,
        label=old.label,
        purpose=old.purpose,
        reason=old.reason or ("Asked for a new link" if old.covers_limited else ""),
        recipients=(asked.email,),
        opens_at=old.opens_at,
        pinned_versions=tuple(old.pinned_versions.all()),
    )
    return create_share_link(pack=old.pack, staff=staff, wanted=wanted, sender=sender)


@transaction.atomic
def refuse_link(*, asked: LinkRequest, staff: Staff) -> None:
    """Say no; the asker is told nothing.

    Raises:
        LinkEnded: the request was answered before.

    """
    claim(asked, staff, LinkRequest.Outcome.REFUSED)


def claim(asked: LinkRequest, staff: Staff, outcome: LinkRequest.Outcome) -> None:
    """Answer a request once."""
    taken = LinkRequest.objects.filter(id=asked.id, outcome="").update(
        outcome=outcome, decided_at=timezone.now(), decided_by=f"person:{staff.uid}"
    )
    if not taken:
        raise LinkEnded
    record_entry(
        action=f"share_link.{outcome}_request",
        actor=f"person:{staff.uid}",
        subject=f"link:{asked.link_id}",
        pack=asked.link.pack_id,
    )
