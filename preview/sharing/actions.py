"""What can be done with share links: create, confirm in a browser, revoke."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.access import Act, Staff
from preview.audit.actions import record_entry
from preview.drafts.models import Draft, Version
from preview.errors import AccessDenied, InvalidShareLink, InvalidToken
from preview.packs.actions import own_pack
from preview.sharing import tokens
from preview.sharing.models import Grant, GuestSession, ShareLink

SHORTEST = timedelta(minutes=5)
LABEL_LENGTH = 120


@dataclass(frozen=True)
class NewLink:
    """A link just made; `token` is shown to its maker and never stored."""

    link: ShareLink
    token: str


def create_share_link(
    *,
    draft: Draft,
    staff: Staff,
    expires_at: datetime,
    label: str = "",
    pinned_version: Version | None = None,
) -> NewLink:
    """Make a link that opens the draft's own pack until `expires_at`.

    Raises:
        AccessDenied: this person may not share this draft.
        InvalidShareLink: the expiry or the label can't be.

    """
    decision = draft.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    return make_link(
        draft=draft,
        maker=f"person:{staff.uid}",
        expires_at=expires_at,
        label=label,
        pinned_version=pinned_version,
    )


@transaction.atomic
def make_link(
    *,
    draft: Draft,
    maker: str,
    expires_at: datetime,
    label: str = "",
    pinned_version: Version | None = None,
) -> NewLink:
    """Make a link for a maker whose right to share was decided before; see `create_share_link`."""
    expires_at = expires_at.replace(microsecond=0)  # the token counts whole seconds
    check(expires_at, label, draft, pinned_version)
    secret = secrets.token_bytes(32)
    link_id = uuid.uuid4()
    token = tokens.LinkToken(link_id, expires_at, secret)
    link = ShareLink.objects.create(
        id=link_id,
        pack=own_pack(draft),
        label=label.strip(),
        secret_digest=token.secret_digest,
        created_by=maker,
        expires_at=expires_at,
        pinned_version=pinned_version,
    )
    record_entry(
        action="share_link.create",
        actor=maker,
        subject=f"link:{link.id}",
        draft=str(draft.id),
        expires_at=expires_at.isoformat(),
        version=pinned_version.number if pinned_version else None,
    )
    return NewLink(link, tokens.sign(token))


def check(expires_at: datetime, label: str, draft: Draft, pinned: Version | None) -> None:
    """Raise `InvalidShareLink` where a link can't be made as asked."""
    now = timezone.now()
    longest = timedelta(days=settings.SHARE_LINK_MAX_DAYS)
    if expires_at < now + SHORTEST:
        raise InvalidShareLink("expires_at", "The link must end at least 5 minutes from now.")
    if expires_at > now + longest:
        raise InvalidShareLink(
            "expires_at", f"The link must end within {settings.SHARE_LINK_MAX_DAYS} days."
        )
    if len(label.strip()) > LABEL_LENGTH:
        raise InvalidShareLink("label", f"Label must be {LABEL_LENGTH} characters or fewer.")
    if pinned and pinned.draft_id != draft.id:
        raise InvalidShareLink("pinned_version", "Choose a version of this draft.")


@transaction.atomic
def revoke_share_link(*, link: ShareLink, revoked_by: str) -> ShareLink:
    """End a link at once; a second call changes nothing."""
    now = timezone.now()
    ended = ShareLink.objects.filter(id=link.id, revoked_at=None).update(
        revoked_at=now, revoked_by=revoked_by
    )
    if ended:
        link.revoked_at, link.revoked_by = now, revoked_by
        record_entry(action="share_link.revoke", actor=revoked_by, subject=f"link:{link.id}")
    return link


def find_link(text: str) -> ShareLink:
    """Return the link that a token belongs to; a forged or expired token costs no query.

    Raises:
        InvalidToken: `forged` or `expired`.

    """
    token = tokens.read(text, timezone.now())
    link = ShareLink.objects.select_related("pack__own_draft").filter(id=token.link_id).first()
    if link is None or not tokens.matches(token, link.secret_digest):
        raise InvalidToken("forged")
    return link


def digest_of(cookie: str) -> str:
    """Return the key under which a guest session's cookie is stored."""
    return hashlib.sha256(cookie.encode()).hexdigest()


@transaction.atomic
def confirm_link(*, link: ShareLink, cookie: str | None, client: str) -> str:
    """Open a link in a browser; returns the value of the guest session's cookie.

    A browser that has a session keeps it and gains this link; the cookie's value changes, so that
    a value that somebody planted beforehand opens nothing.
    """
    fresh = secrets.token_urlsafe(32)
    session = GuestSession.objects.create(digest=digest_of(fresh))
    if cookie:
        Grant.objects.filter(session_id=digest_of(cookie)).exclude(link=link).update(
            session=session
        )
        GuestSession.objects.filter(digest=digest_of(cookie)).delete()
    Grant.objects.create(session=session, link=link)
    record_entry(
        action="share_link.confirm",
        actor=f"link:{link.id}",
        subject=f"draft:{link.pack.own_draft_id}",
        client=client,
    )
    return fresh
