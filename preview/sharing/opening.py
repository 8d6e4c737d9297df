"""Opening a link in a browser: finding it by its token, proving who one is, being let in.

Source: OWASP Authentication and Session Management Cheat Sheets; NIST SP 800-63B section 5.1.3.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from preview.audit.actions import record_entry
from preview.errors import InvalidToken, NotLetIn
from preview.mail.actions import write_letter
from preview.outbox.actions import end_delivery, record_event
from preview.sharing import tokens
from preview.sharing.models import (
    Grant,
    GuestSession,
    LinkAddress,
    OneTimeCode,
    Recipient,
    ShareLink,
)

CODE_MINUTES = 10
CODE_TRIES = 5
CODES_AN_HOUR = 6
DEVICE_DAYS = 30
CODES = 10**6


def find_link(text: str) -> ShareLink:
    """Return the link that a token belongs to; a forged or expired token costs no query.

    Raises:
        InvalidToken: `forged` or `expired`.

    """
    token = tokens.read(text, timezone.now())
    address = (
        LinkAddress.objects.select_related("link__pack__own_draft")
        .filter(secret_digest=token.secret_digest)
        .first()
    )
    if address is None or address.link_id != token.link_id:
        raise InvalidToken("forged")
    return address.link


def digest_of(cookie: str) -> str:
    """Return the key under which a guest session's cookie is stored."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def code_of(code: OneTimeCode) -> str:
    """Return the six digits of a code, worked out from its id with the service's own key.

    So nothing that is stored, in the database or on the way to the mail server, holds it.
    """
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"one-time code:" + code.id.bytes, "sha256")
    return f"{int.from_bytes(digest[:8]) % CODES:06}"


@transaction.atomic
def want_code(*, link: ShareLink, email: str) -> uuid.UUID:
    """Ask for a code; returns the id that it will have, if it is sent.

    Whether the address is on the list is looked up by a worker, so that the answer to a request
    tells nothing, neither by what it says nor by how long it takes.
    """
    code_id = uuid.uuid4()
    record_event(
        "share_link.code_wanted",
        link_id=str(link.id),
        email=email.strip().lower()[:254],
        code_id=str(code_id),
    )
    return code_id


@transaction.atomic
def send_code(
    *, link_id: uuid.UUID, email: str, code_id: uuid.UUID, delivery_id: str
) -> OneTimeCode | None:
    """Send a code to somebody on the link's list; None for everybody else. Sends it once."""
    end_delivery(delivery_id)
    recipient = (
        Recipient.objects.select_related("link")
        .filter(link=link_id, email=email, removed_at=None)
        .first()
    )
    if recipient is None or OneTimeCode.objects.filter(id=code_id).exists():
        return None
    now = timezone.now()
    if recipient.codes.filter(created_at__gt=now - timedelta(hours=1)).count() >= CODES_AN_HOUR:
        return None
    expires_at = now + timedelta(minutes=CODE_MINUTES)
    code = OneTimeCode.objects.create(id=code_id, recipient=recipient, expires_at=expires_at)
    write_letter(
        to=recipient.email,
        template="one_time_code",
        reference=f"link:{link_id}",
        code=code_of(code),
        minutes=CODE_MINUTES,
    )
    record_entry(
        action="share_link.send_code",
        actor=f"recipient:{recipient.pk}",
        subject=f"link:{link_id}",
        pack=recipient.link.pack_id,
    )
    return code


def try_code(*, link: ShareLink, code_id: uuid.UUID | None, entered: str) -> Recipient:
    """Return who entered the right code; each code is good once, for five tries.

    Raises:
        NotLetIn: `wrong_code`, `code_expired` or `code_used_up`.

    """
    codes = OneTimeCode.objects.select_related("recipient").filter(
        id=code_id or uuid.uuid4(), recipient__link=link, recipient__removed_at=None
    )
    counted = codes.filter(tries__lt=CODE_TRIES, used_at=None).update(tries=F("tries") + 1)
    code = codes.first()
    wanted = code_of(code or OneTimeCode())  # the same work for a code that never was
    right = hmac.compare_digest(wanted.encode(), digits(entered).encode())
    if code is None:
        raise NotLetIn("wrong_code")
    if not counted:
        raise NotLetIn("code_used_up")
    if code.expires_at <= timezone.now():
        raise NotLetIn("code_expired")
    if not right:
        raise NotLetIn("wrong_code" if code.tries < CODE_TRIES else "code_used_up")
    spent = OneTimeCode.objects.filter(id=code.id, used_at=None).update(used_at=timezone.now())
    if not spent:  # another request with the same code was faster
        raise NotLetIn("code_used_up")
    return code.recipient


def digits(entered: str) -> str:
    """Return the digits of what was typed or pasted; spaces and dashes do not count."""
    return "".join(sign for sign in entered[:40] if sign.isascii() and sign.isdigit())


def try_passphrase(*, link: ShareLink, entered: str) -> None:
    """Accept the link's passphrase; a wrong one is counted, and locks nobody out.

    How often one client may try, and how rarely once many try, is the surface's to limit.

    Raises:
        NotLetIn: `wrong_passphrase`.

    """
    ShareLink.objects.filter(id=link.id).update(passphrase_tries=F("passphrase_tries") + 1)
    if not check_password(entered.strip()[:200], link.passphrase_digest):
        raise NotLetIn("wrong_passphrase")


@transaction.atomic
def confirm_link(
    *,
    link: ShareLink,
    cookie: str | None,
    client: str,
    recipient: Recipient | None = None,
    until: datetime | None = None,
) -> str:
    """Open a link in a browser; returns the value of the guest session's cookie.

    A browser that has a session keeps it and gains this link; the cookie's value changes, so that
    a value that somebody planted beforehand opens nothing. `until` ends it before the link ends.

    Raises:
        NotLetIn: `too_many_people`: the link was opened by as many as it is for.

    """
    fresh = secrets.token_urlsafe(32)
    before = digest_of(cookie) if cookie else ""
    if link.most_people is not None:
        ShareLink.objects.select_for_update().get(id=link.id)
        others = Grant.objects.filter(link=link).exclude(session_id=before)
        if people(others, recipient) >= link.most_people:
            raise NotLetIn("too_many_people")
    session = GuestSession.objects.create(digest=digest_of(fresh))
    if cookie:
        Grant.objects.filter(session_id=before).exclude(link=link).update(session=session)
        GuestSession.objects.filter(digest=before).delete()
    Grant.objects.create(
        session=session,
        link=link,
        recipient=recipient,
        expires_at=min(grant_end(link), until or link.expires_at),
        guest_name=recipient.name if recipient else "",
    )
    record_entry(
        action="share_link.confirm",
        actor=f"recipient:{recipient.pk}" if recipient else f"link:{link.id}",
        subject=f"link:{link.id}",
        pack=link.pack_id,
        client=client,
    )
    return fresh


def people(grants: QuerySet[Grant], recipient: Recipient | None) -> int:
    """Return how many people opened the link, other than this one: recipients, else browsers."""
    if recipient is not None:
        return grants.exclude(recipient=recipient).values("recipient").distinct().count()
    return grants.count()


def grant_end(link: ShareLink) -> datetime:
    """Return until when a browser is let in without proving again who uses it."""
    return min(link.expires_at, timezone.now() + timedelta(days=DEVICE_DAYS))
