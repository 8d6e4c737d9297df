"""What can be done with share links: create, approve, extend, end one or many."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from preview.access import Act, Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft
from preview.errors import AccessDenied, LinkEnded
from preview.mail.actions import checked_address, write_letter
from preview.outbox.actions import end_delivery, record_event
from preview.packs.models import Pack
from preview.sharing import tokens
from preview.sharing.models import LinkAddress, Recipient, ShareLink
from preview.sharing.wanted import Facts, Wanted, check, organisation_of
from preview.sharing.words import clock


@dataclass(frozen=True)
class NewLink:
    """A link just made; `token` is shown to its maker and never stored."""

    link: ShareLink
    token: str

    @property
    def address(self) -> str:
        """Return the address that opens the link."""
        return f"{settings.PREVIEW_ORIGIN}/s/{self.token}"


def create_share_link(*, pack: Pack, staff: Staff, wanted: Wanted, sender: str = "") -> NewLink:
    """Make a link that opens a pack until `wanted.expires_at`; named recipients get an e-mail.

    Raises:
        AccessDenied: this person may not share this pack.
        InvalidShareLink: the wish breaks a rule of `wanted.py`.

    """
    decision = pack.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    if pack.archived_at is not None:
        raise AccessDenied("pack_archived")
    return make_link(
        pack=pack,
        maker=f"person:{staff.uid}",
        wanted=wanted,
        covers_limited=decision.sees_limited,
        sender=sender,
    )


@transaction.atomic
def make_link(
    *,
    pack: Pack,
    maker: str,
    wanted: Wanted,
    covers_limited: bool = False,
    sender: str = "",
) -> NewLink:
    """Make a link for a maker whose right to share was decided before; see `create_share_link`."""
    drafts = tuple(pack.counted().filter(state=Draft.State.OPEN))
    facts = Facts(wanted, drafts, organisation_of(pack), covers_limited)
    check(facts)
    link = ShareLink.objects.create(
        pack=pack,
        kind=wanted.kind,
        role=wanted.role,
        label=wanted.label.strip(),
        purpose=wanted.purpose.strip(),
        reason=wanted.reason.strip(),
        created_by=maker,
        opens_at=wanted.opens_at,
        expires_at=whole_seconds(wanted.expires_at),
        pinned=bool(wanted.pinned_versions),
        covers_limited=covers_limited and facts.sensitive,
        most_people=wanted.most_people,
        passphrase_digest=digest_of_passphrase(wanted),
        needs_approval=facts.market_sensitive,
    )
    link.pinned_versions.set(wanted.pinned_versions)
    new = NewLink(link, new_token(link))
    record_entry(
        action="share_link.create",
        actor=maker,
        subject=f"link:{link.id}",
        pack=pack.id,
        kind=link.kind,
        role=link.role,
        expires_at=link.expires_at.isoformat(),
        covers_limited=link.covers_limited,
        needs_approval=link.needs_approval,
    )
    add_recipients(link=link, emails=wanted.recipients, added_by=maker)
    tell_recipients(new, sender or "A colleague")
    record_event("share_link.created", link_id=str(link.id))
    if link.needs_approval:
        ask_second_person(link)
    return new


def ask_second_person(link: ShareLink) -> None:
    """Say that a link waits for somebody who agrees to it."""
    asked_at = timezone.now().isoformat()
    record_event("share_link.approval_asked", link_id=str(link.id), asked_at=asked_at)


def whole_seconds(when: datetime) -> datetime:
    """Return the time as a token can say it."""
    return when.replace(microsecond=0)


def digest_of_passphrase(wanted: Wanted) -> str:
    """Return the argon2 digest of the passphrase, "" where the kind of link has none."""
    if wanted.kind != ShareLink.Kind.PASSPHRASE:
        return ""
    return make_password(wanted.passphrase.strip())


def new_token(link: ShareLink) -> str:
    """Give the link one more address, until the link's end; returns its token."""
    token = tokens.LinkToken(link.id, link.expires_at, secrets.token_bytes(32))
    LinkAddress.objects.create(
        link=link, secret_digest=token.secret_digest, expires_at=link.expires_at
    )
    return tokens.sign(token)


def add_recipients(*, link: ShareLink, emails: tuple[str, ...], added_by: str) -> None:
    """Put people on the link's list; somebody who was removed is on it again."""
    for email in dict.fromkeys(checked_address(one).lower() for one in emails):
        Recipient.objects.update_or_create(
            link=link, email=email, defaults={"removed_at": None, "added_by": added_by}
        )
        record_entry(
            action="share_link.add_recipient",
            actor=added_by,
            subject=f"link:{link.id}",
            pack=link.pack_id,
        )


def tell_recipients(new: NewLink, sender: str) -> None:
    """Write to the people that a link is for; a link that waits for approval is not sent yet."""
    if not new.link.approved:
        return
    for recipient in new.link.recipients.filter(removed_at=None):
        write_letter(
            to=recipient.email,
            template="share_link",
            reference=f"link:{new.link.id}",
            sender=sender,
            purpose=new.link.purpose,
            address=new.address,
            opens=clock(new.link.opens_at) if new.link.opens_at else "",
            expires=clock(new.link.expires_at),
        )


@transaction.atomic
def extend_share_link(*, link: ShareLink, staff: Staff, expires_at: datetime) -> NewLink:
    """Let a link last longer. It gets a new address; browsers that opened it stay let in.

    Raises:
        AccessDenied: this person may not share the pack.
        InvalidShareLink: the new end is too near or too far.
        LinkEnded: it was ended for another reason than its time.

    """
    decision = link.pack.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    if link.covers_limited and not decision.sees_limited:
        raise AccessDenied("no_share_sensitive_permission")
    return lengthen(link, f"person:{staff.uid}", expires_at)


def lengthen(link: ShareLink, actor: str, expires_at: datetime) -> NewLink:
    """Give a link a later end, for an actor whose right to share was decided before."""
    if link.ended_at is not None or link.pack.archived_at is not None:
        raise LinkEnded
    facts = facts_of(link, expires_at)
    check(facts)
    link.expires_at = whole_seconds(expires_at)
    link.save(update_fields=["expires_at"])
    record_entry(
        action="share_link.extend",
        actor=actor,
        subject=f"link:{link.id}",
        pack=link.pack_id,
        expires_at=link.expires_at.isoformat(),
    )
    if facts.market_sensitive or link.needs_approval:
        suspend(link, asked_by=actor, reason="extended")
    return NewLink(link, new_token(link))


def facts_of(link: ShareLink, expires_at: datetime) -> Facts:
    """Return what the rules of `wanted.py` look at, for a link that exists."""
    drafts = tuple(link.pack.counted().filter(state=Draft.State.OPEN))
    emails = tuple(link.recipients.filter(removed_at=None).values_list("email", flat=True))
    wanted = Wanted(
        expires_at=expires_at,
        kind=link.kind,
        role=link.role,
        opens_at=link.opens_at,
        reason=link.reason,
        recipients=emails,
        passphrase="x" * 8,  # it has one already
    )
    return Facts(wanted, drafts, organisation_of(link.pack), link.covers_limited)


def suspend(link: ShareLink, *, asked_by: str, reason: str) -> None:
    """Let a link open nothing until a second person agrees, who is not `asked_by`."""
    link.needs_approval, link.asked_by = True, asked_by
    link.approved_by, link.approved_at = "", None
    link.save(update_fields=["needs_approval", "asked_by", "approved_by", "approved_at"])
    record_entry(
        action="share_link.suspend",
        actor=asked_by,
        subject=f"link:{link.id}",
        pack=link.pack_id,
        reason=reason,
    )
    ask_second_person(link)


@transaction.atomic
def revoke_share_link(*, link: ShareLink, revoked_by: str) -> ShareLink:
    """End a link at once; a second call changes nothing."""
    end_links(ShareLink.objects.filter(id=link.id), ended_by=revoked_by)
    link.refresh_from_db()
    return link


@transaction.atomic
def end_links(
    links: QuerySet[ShareLink],
    *,
    ended_by: str,
    reason: ShareLink.End = ShareLink.End.REVOKED,
) -> list[uuid.UUID]:
    """End every link of a set that has not ended: one, a pack's, an organisation's, a person's.

    Returns the ids of the links that this call ended.
    """
    ended = dict(links.filter(ended_at=None).select_for_update().values_list("id", "pack_id"))
    ShareLink.objects.filter(id__in=ended).update(
        ended_at=timezone.now(), ended_by=ended_by, ended_reason=reason
    )
    for link_id, pack_id in ended.items():
        record_entry(
            action="share_link.revoke",
            actor=ended_by,
            subject=f"link:{link_id}",
            pack=pack_id,
            reason=reason,
        )
        record_event("share_link.ended", link_id=str(link_id))
    return list(ended)


@transaction.atomic
def end_links_of_person(
    *, uid: str, delivery_id: str, by: str = "service:signon"
) -> list[uuid.UUID]:
    """End every link that somebody made, because their account may be used no more."""
    end_delivery(delivery_id)
    return end_links(
        ShareLink.objects.filter(created_by=f"person:{uid}"),
        ended_by=by,
        reason=ShareLink.End.OWNER_DISABLED,
    )
