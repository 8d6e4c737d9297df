"""The links that GOV.UK had before: `?token=` with a JWT that names one of a draft's bypass ids.

A token is exchanged for a guest session, so everything holds for it that holds for share links:
it is checked on every request, can be stopped, ends with the draft, and is in the audit trail.

Source: alphagov/authenticating-proxy `lib/proxy.rb`, `docs/generating-a-token.md`; RFC 7519.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from preview.access import Act, Sensitivity, Staff
from preview.audit.actions import record_entry
from preview.drafts.actions import as_uuid
from preview.drafts.models import Draft
from preview.errors import AccessDenied, InvalidShareLink, InvalidToken
from preview.packs.actions import own_pack
from preview.sharing.models import ShareLink
from preview.sharing.wanted import organisation_of

ALGORITHM = "HS256"
LONGEST = 4096
LASTS = timedelta(days=14)


@dataclass(frozen=True)
class OldToken:
    """What a token says: a bypass id, until when, and for which content where it says so."""

    bypass_id: uuid.UUID
    expires_at: datetime
    content_id: uuid.UUID | None


def read_old_token(text: str) -> OldToken:
    """Return what a token says, once its signature and its expiry are good. Asks no database.

    Raises:
        InvalidToken: `forged` or `expired`.

    """
    if not settings.JWT_AUTH_SECRET or len(text) > LONGEST:
        raise InvalidToken("forged")
    try:
        claims = jwt.decode(
            text,
            settings.JWT_AUTH_SECRET,
            algorithms=[ALGORITHM],
            options={"require": ["sub", "exp"], "verify_aud": False},
        )
        expires_at = datetime.fromtimestamp(int(claims["exp"]), UTC)
    except jwt.ExpiredSignatureError as error:
        raise InvalidToken("expired") from error
    except (jwt.InvalidTokenError, ValueError, OverflowError, OSError) as error:
        raise InvalidToken("forged") from error
    bypass_id, said = as_uuid(claims["sub"]), claims.get("content_id")
    content_id = as_uuid(said)
    if bypass_id is None or (said is not None and content_id is None):
        raise InvalidToken("forged")
    return OldToken(bypass_id, expires_at, content_id)


def draft_of(token: OldToken, path: str) -> Draft:
    """Return the open draft that the token is for, at its path or at a part below it.

    Raises:
        InvalidToken: the token is for nothing here; whether something is here is not told.

    """
    found = (
        Draft.objects.open()
        .select_related("app")
        .filter(bypass_ids__value=token.bypass_id, bypass_ids__spent=False)
    )
    below = [one for one in found if path == one.base_path or is_below(path, one.base_path)]
    draft = max(below, key=lambda one: len(one.base_path), default=None)
    if draft is None or draft.sensitivity != Sensitivity.NORMAL:
        raise InvalidToken("forged")
    if settings.OLD_LINKS_NEED_CONTENT_ID and token.content_id != draft.content_id:
        raise InvalidToken("forged")
    return draft


def is_below(path: str, base_path: str) -> bool:
    """Say whether a path is that of a part of a page; nothing is a part of the home page."""
    return len(base_path) > 1 and path.startswith(f"{base_path}/")


@transaction.atomic
def link_of(token: OldToken, draft: Draft) -> ShareLink:
    """Return the share link that stands for all older links with this id; made on first use.

    It shows the draft also where access to it is limited: its app put the id there.
    """
    most = timezone.now() + timedelta(days=settings.SHARE_LINK_MAX_DAYS)
    ends = min(token.expires_at, most).replace(microsecond=0)
    link, made = ShareLink.objects.get_or_create(
        pack=own_pack(draft),
        bypass_id=token.bypass_id,
        defaults={
            "kind": ShareLink.Kind.ANYONE,
            "label": f"Older links from {draft.app.name}"[:120],
            "created_by": f"app:{draft.app.name}",
            "expires_at": ends,
            "covers_limited": draft.limited,
        },
    )
    if made:
        record_entry(
            action="share_link.create",
            actor=link.created_by,
            subject=f"link:{link.id}",
            pack=link.pack_id,
            kind="older",
            expires_at=ends.isoformat(),
        )
    elif link.expires_at < ends:
        ShareLink.objects.filter(id=link.id).update(expires_at=ends)
        link.refresh_from_db()
    return link


def mint_for_staff(*, draft: Draft, staff: Staff) -> str:
    """Return the address of an older link, for somebody who may share the draft with anyone.

    Raises:
        AccessDenied: this person may not share the draft.
        InvalidShareLink: the rules for sharing with anyone do not allow it.

    """
    pack = own_pack(draft)
    decision = pack.decide(staff, Act.SHARE)
    if not decision.allowed:
        raise AccessDenied(decision.reason)
    if not organisation_of(pack).anyone_links_allowed:
        sentence = "Your organisation does not allow links for anyone. Name the people."
        raise InvalidShareLink("kind", sentence)
    return mint(draft=draft, maker=f"person:{staff.uid}")


@transaction.atomic
def mint(*, draft: Draft, maker: str) -> str:
    """Return the address of an older link to a draft, as the publishing apps make them.

    It lasts two weeks, or as long as any link may.

    Raises:
        InvalidShareLink: no secret is set, or the draft has no bypass id or path, or is sensitive,
            or links with its bypass id were stopped.

    """
    unspent = draft.bypass_ids.filter(spent=False)
    bypass_id = unspent.order_by("pk").values_list("value", flat=True).first()
    new = "new " if draft.bypass_ids.filter(spent=True).exists() else ""
    checks = (
        (not settings.JWT_AUTH_SECRET, "This service has no secret for older links."),
        (bypass_id is None, f"The draft has no {new}auth_bypass_ids. Send it with one first."),
        (not draft.base_path, "The draft has no path. Make a share link instead."),
        (draft.limited or draft.sensitivity != Sensitivity.NORMAL, "The draft is limited."),
        (
            ShareLink.objects.filter(pack__own_draft=draft, bypass_id=bypass_id)
            .exclude(ended_at=None)
            .exists(),
            "Links with this auth_bypass_id were stopped. Send the draft with another one first.",
        ),
    )
    for failed, sentence in checks:
        if failed:
            raise InvalidShareLink("kind", sentence)
    now = timezone.now().replace(microsecond=0)
    ends = now + min(LASTS, timedelta(days=settings.SHARE_LINK_MAX_DAYS))
    claims = {
        "sub": str(bypass_id),
        "content_id": str(draft.content_id),
        "iat": now,
        "exp": ends,
        "draft_asset_manager_access": True,
    }
    record_entry(
        action="share_link.mint_older",
        actor=maker,
        subject=f"draft:{draft.id}",
        pack=own_pack(draft).id,
        expires_at=ends.isoformat(),
    )
    token = jwt.encode(claims, settings.JWT_AUTH_SECRET, algorithm=ALGORITHM)
    return f"{settings.PREVIEW_ORIGIN}{draft.base_path}?token={token}"
