"""What can be done with apps, their tokens and people."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from preview.accounts.models import AppToken, Organisation, Person, PublisherApp
from preview.audit.actions import record_entry
from preview.errors import InvalidInput

USUAL_SCOPES = (
    *("drafts:read", "drafts:write", "packs:write", "share_links:write"),
    "webhooks:write",
)
SCOPES = (
    *USUAL_SCOPES,
    *("drafts:read_all", "share_links:stop_all", "usage:read", "content_store:write"),
)
TOKEN_PREFIX = "cp_"  # noqa: S105 (a mark for secret scanners, not a secret)
PREFIX = 8  # characters of a token that are shown, its mark among them
USE_NOTED_EVERY = timedelta(hours=1)
SHORTEST_TOKEN = 32  # a shorter one could be guessed from its digest


@dataclass(frozen=True)
class NewToken:
    """A token just made: `secret` is shown once and never stored."""

    token: AppToken
    secret: str


def digest_of(secret: str) -> str:
    """Return the SHA-256 (hex) under which a bearer token is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_app_token(
    *,
    app_name: str,
    scopes: tuple[str, ...],
    label: str = "",
    existing: str = "",
    expires_at: datetime | None = None,
    actor: str = "operator",
) -> NewToken:
    """Make a bearer token for the app called `app_name`, and the app if it is new.

    `existing` is a token that the app has already, so that it needs no second one.

    Raises:
        InvalidInput: a scope that does not exist, or a token too short to be stored as a digest.

    """
    if existing and len(existing) < SHORTEST_TOKEN:
        raise InvalidInput(f"The token must have {SHORTEST_TOKEN} characters or more.")
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidInput(f"Unknown scope {unknown}. Choose from: {', '.join(SCOPES)}.")
    app, _ = PublisherApp.objects.get_or_create(name=app_name)
    secret = existing or TOKEN_PREFIX + secrets.token_urlsafe(32)
    if AppToken.objects.filter(digest=digest_of(secret)).exists():
        raise InvalidInput("This token is known already. Revoke it first, or make a new one.")
    token = AppToken.objects.create(
        app=app,
        digest=digest_of(secret),
        scopes=list(scopes),
        label=label,
        prefix="" if existing else secret[:PREFIX],
        expires_at=expires_at,
    )
    record_entry(
        action="app_token.create",
        actor=actor,
        subject=f"app_token:{token.id}",
        app=app.name,
        scopes=" ".join(scopes),
    )
    return NewToken(token, secret)


@transaction.atomic
def bind_app(*, name: str, uid: str) -> PublisherApp:
    """Say which API user of Signon an app is; a second call changes nothing.

    Raises:
        InvalidInput: there is no such app, or the uid is another app's that has drafts.

    """
    app = PublisherApp.objects.select_for_update().filter(name=name).first()
    if app is None:
        raise InvalidInput(f"There is no app called {name}.")
    other = PublisherApp.objects.filter(signon_uid=uid).exclude(pk=app.pk).first()
    if other is not None:
        if other.drafts.exists():
            raise InvalidInput(f"This API user is the app {other.name}, which has drafts.")
        PublisherApp.objects.filter(pk=other.pk).update(signon_uid=None)
    app.signon_uid = uid
    app.save(update_fields=["signon_uid"])
    record_entry(action="app.bind", actor="operator", subject=f"app:{app.name}", uid=uid)
    return app


@transaction.atomic
def revoke_app_token(*, token: AppToken, actor: str = "operator") -> AppToken:
    """End a token at once; a second call changes nothing."""
    token = AppToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record_entry(action="app_token.revoke", actor=actor, subject=f"app_token:{token.id}")
    return token


@transaction.atomic
def rotate_app_token(*, token: AppToken, overlap: timedelta, actor: str) -> NewToken:
    """Make a token with the same scopes; the old one is accepted until `overlap` from now.

    Raises:
        InvalidInput: the token is not accepted any more.

    """
    token = AppToken.objects.select_for_update().select_related("app").get(pk=token.pk)
    if not token.alive:
        raise InvalidInput("This token has ended already. Make a new one instead.")
    now = timezone.now()
    lasts = token.expires_at - token.created_at if token.expires_at else None
    new = create_app_token(
        app_name=token.app.name,
        scopes=tuple(token.scopes),
        label=token.label,
        expires_at=now + lasts if lasts else None,
        actor=actor,
    )
    ends = min(now + overlap, token.expires_at or now + overlap)
    AppToken.objects.filter(pk=token.pk).update(expires_at=ends)
    record_entry(
        action="app_token.rotate",
        actor=actor,
        subject=f"app_token:{token.id}",
        expires_at=ends.isoformat(),
    )
    return new


def find_token(secret: str) -> AppToken | None:
    """Return the valid token that `secret` is, with its app; None when there is none."""
    known = AppToken.objects.living().select_related("app")
    token = known.filter(digest=digest_of(secret)).first()
    if token is not None:
        note_use(token)
    return token


def note_use(token: AppToken) -> None:
    """Note that a token is used, once an hour: a row written for each request would be too dear."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        AppToken.objects.filter(pk=token.pk).update(last_used_at=now)


@transaction.atomic
def save_person(
    *,
    uid: str,
    name: str,
    email: str,
    permissions: list[str],
    organisation: Organisation | None,
) -> Person:
    """Create or bring up to date the person with this Signon uid."""
    person, _ = Person.objects.update_or_create(
        uid=uid,
        defaults={
            "name": name,
            "email": email,
            "permissions": permissions,
            "organisation": organisation,
        },
    )
    return person
