"""Bearer tokens: of this service, or of Signon's API users where there is a Signon.

Source: alphagov/gds-sso `lib/gds-sso/bearer_token.rb`: what Signon says is believed for 5 minutes.
"""

from __future__ import annotations

import hashlib
import re
import uuid

from django.core.cache import cache
from django.utils.text import slugify

from preview.accounts.actions import SCOPES, TOKEN_PREFIX, digest_of, find_token
from preview.accounts.models import AppToken, PublisherApp
from preview.accounts.signon.client import configured, user_of_token
from preview.accounts.signon.users import SignonUser
from preview.errors import SignonFault

CACHED_SECONDS = 5 * 60
LIKE_A_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,512}")
SCOPES_OF_SIGNIN = ("drafts:read", "drafts:write")


def find_caller(secret: str) -> AppToken | None:
    """Return the valid token that `secret` is, with its app; None when there is none.

    The token of an API user is not stored: its app is the one bound to its Signon uid, its scopes
    are the permissions of that name, and `signin` means to read and write the app's own drafts.

    Raises:
        SignonFault: `away`: it may be valid, but Signon does not answer.

    """
    if secret.startswith(TOKEN_PREFIX) or not configured():
        return find_token(secret)
    user = api_user(secret)
    if user is None or user.disabled:
        return None
    app = app_of(user)
    if app is None:
        return None
    return AppToken(
        id=uuid.uuid5(uuid.NAMESPACE_URL, f"signon:{user.uid}"),
        app=app,
        digest=digest_of(secret),
        scopes=scopes_of(user),
        label="Signon",
    )


def app_of(user: SignonUser) -> PublisherApp | None:
    """Return the app of an API user, made on first use; None for one without a usable name.

    A name is no identity: where another app has it, the new one gets a name of its own. An operator
    binds the app that is there with `manage.py bind_app`.
    """
    if found := PublisherApp.objects.filter(signon_uid=user.uid).first():
        return found
    name = slugify(user.name)[:64]
    if not name:
        return None
    if PublisherApp.objects.filter(name=name).exists():
        name = f"{name[:55]}-{hashlib.sha256(user.uid.encode()).hexdigest()[:8]}"
    app, _ = PublisherApp.objects.get_or_create(signon_uid=user.uid, defaults={"name": name})
    return app


def scopes_of(user: SignonUser) -> list[str]:
    """Return what an API user may do here."""
    if "signin" not in user.permissions:
        return []
    return sorted(set(SCOPES_OF_SIGNIN) | (set(SCOPES) & set(user.permissions)))


def api_user(secret: str) -> SignonUser | None:
    """Return whose token this is, as Signon says or said within 5 minutes; None where nobody's.

    Raises:
        SignonFault: `away`.

    """
    if not LIKE_A_TOKEN.fullmatch(secret):
        return None
    key = f"signon:{digest_of(secret)}"
    known: SignonUser | None = cache.get(key)
    if known is not None:
        return known
    try:
        user = user_of_token(secret)
    except SignonFault as error:
        if error.reason == "away":
            raise
        return None
    cache.set(key, user, CACHED_SECONDS)
    return user
