"""The second person: whose agreement a link of a market-sensitive draft needs, and for how long.

Agreement is to a link as it is: to its end, and to the market-sensitive drafts that its pack shows.
Where one of them changes, the link opens nothing until somebody agrees again.
"""

from __future__ import annotations

import uuid

from django.db import transaction
from django.utils import timezone

from preview.access import Act, Sensitivity, Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import AccessDenied, LinkEnded
from preview.outbox.actions import end_delivery, record_event
from preview.packs.models import PackDraft
from preview.sharing.actions import NewLink, facts_of, new_token, suspend, tell_recipients
from preview.sharing.models import ShareLink, living_at
from preview.sharing.telling import tell_maker
from preview.sharing.wanted import check

PACKS = "service:packs"


@transaction.atomic
def approve_share_link(*, link: ShareLink, staff: Staff, sender: str = "") -> NewLink:
    """Agree to somebody else's link of a market-sensitive draft, and send it.

    Raises:
        AccessDenied: `own_link`: this person made or changed it, or what it shows; or they may not
            share the pack.
        InvalidShareLink: the link is not as links of such drafts must be.
        LinkEnded: there is nothing left to approve.

    """
    ShareLink.objects.select_for_update().get(id=link.id)
    link.refresh_from_db()
    decision = link.pack.decide(staff, Act.APPROVE)
    approver = f"person:{staff.uid}"
    if approver in first_persons(link):
        raise AccessDenied("own_link")
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    if not link.alive:
        raise LinkEnded
    if not waits(link):
        return NewLink(link, new_token(link))
    check(facts_of(link, link.expires_at))
    link.approved_by, link.approved_at = approver, timezone.now()
    link.save(update_fields=["approved_by", "approved_at"])
    record_entry(
        action="share_link.approve",
        actor=approver,
        subject=f"link:{link.id}",
        pack=link.pack_id,
    )
    new = NewLink(link, new_token(link))
    tell_recipients(new, sender or "A colleague")
    record_event("share_link.approved", link_id=str(link.id))
    return new


def waits(link: ShareLink) -> bool:
    """Say whether somebody has to agree to a link, for the first time or again."""
    return link.approved_at is None or any(one.not_agreed_to for one in link.limits())


def first_persons(link: ShareLink) -> set[str]:
    """Return who can't be the second person: who made or changed the link, or what it shows."""
    found = {link.created_by, link.asked_by}
    if link.approved_at is not None or link.asked_by == PACKS:
        since = link.approved_at or link.created_at
        late = link.pack.joined_after(since)
        members = PackDraft.objects.filter(
            pack=link.pack_id,
            draft__in=late,
            draft__sensitivity=Sensitivity.MARKET_SENSITIVE,
            draft__state=Draft.State.OPEN,
        )
        for adder, agreed in members.values_list("added_by", "consented_by"):
            found |= {adder, agreed}
    return found - {""}


@transaction.atomic
def ask_again(*, pack_id: str, draft_id: str, delivery_id: str) -> list[uuid.UUID]:
    """Suspend the agreed links of a pack that a market-sensitive draft joined; tell their makers.

    They open nothing before this ran: the access policy compares the times. A second call finds
    none. Returns the ids of the links.
    """
    end_delivery(delivery_id)
    links = ShareLink.objects.select_for_update(of=("self",)).filter(
        living_at(timezone.now()), pack=uuid.UUID(pack_id)
    )
    joined = PackDraft.objects.filter(pack=uuid.UUID(pack_id), draft=uuid.UUID(draft_id)).first()
    if joined is None:
        return []
    since = max(filter(None, (joined.added_at, joined.consented_at)))
    found = [one for one in links if one.approved_at is None or one.approved_at < since]
    found = [one for one in found if not one.needs_approval or one.approved_at is not None]
    for link in found:
        suspend(link, asked_by=PACKS, reason="sensitive_draft_joined")
        tell_maker(link, "suspended")
    return [one.id for one in found]
