"""Signed tokens: of share links, and the tickets that carry staff to the preview host.

A share link's token is `<key id>.<base64url of link id, expiry, secret, signature>`, signed with
Ed25519, so a forged or expired one is refused before anything is looked up. The signature covers
the key id. Keys rotate: `SHARE_LINK_KEYS` names several, the first signs, all are accepted.

Only this service reads its tokens, and it holds the key. Ed25519 signs a message in one way, so a
token is good if signing it again gives its signature: that is stricter than verifying, and takes a
third of the time.

Source: RFC 8032 section 5.1.6 (Ed25519 signs without chance), RFC 4648 section 5 (base64url).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from preview.errors import InvalidToken

BODY = struct.Struct(">16sQ32s")
SIGNATURE = 64
CONTEXT = b"content-preview share link v1:"


@dataclass(frozen=True)
class LinkToken:
    """What a share link's token says: which link, until when, and the 256-bit secret."""

    link_id: uuid.UUID
    expires_at: datetime
    secret: bytes

    @property
    def secret_digest(self) -> str:
        """Return the SHA-256 (hex) under which the secret is stored."""
        return hashlib.sha256(self.secret).hexdigest()


@cache
def keys() -> dict[str, Ed25519PrivateKey]:
    """Return the signing keys by id, the one that signs first."""
    if not settings.SHARE_LINK_KEYS:
        raise ImproperlyConfigured("Set SHARE_LINK_KEYS to <key id>:<base64url of 32 bytes>.")
    try:
        return {
            key_id: Ed25519PrivateKey.from_private_bytes(decoded(seed))
            for key_id, seed in settings.SHARE_LINK_KEYS.items()
        }
    except (ValueError, InvalidToken) as error:
        raise ImproperlyConfigured("A key in SHARE_LINK_KEYS is not 32 bytes.") from error


def encoded(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Return the bytes of base64url without padding, in its one canonical spelling.

    Raises:
        InvalidToken: it is not that.

    """
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidToken("forged") from error
    if encoded(raw) != text:
        raise InvalidToken("forged")
    return raw


def sign(token: LinkToken) -> str:
    """Return the token as text, signed with the newest key."""
    key_id, key = next(iter(keys().items()))
    body = BODY.pack(token.link_id.bytes, int(token.expires_at.timestamp()), token.secret)
    return f"{key_id}.{encoded(body + signature(key_id, key, body))}"


def signature(key_id: str, key: Ed25519PrivateKey, body: bytes) -> bytes:
    """Return the one signature that a body has by a key; 64 bytes."""
    return key.sign(CONTEXT + key_id.encode() + body)


def read(text: str, now: datetime, *, expired_too: bool = False) -> LinkToken:
    """Return what a token says, once its signature and its expiry are good. Asks no database.

    With `expired_too` the signature is enough: for who asks for a new link, and nothing else.

    Raises:
        InvalidToken: `forged` or `expired`.

    """
    key_id, _, rest = text.partition(".")
    key = keys().get(key_id)
    raw = decoded(rest)
    if key is None or len(raw) != BODY.size + SIGNATURE:
        raise InvalidToken("forged")
    body = raw[: BODY.size]
    if not hmac.compare_digest(raw[BODY.size :], signature(key_id, key, body)):
        raise InvalidToken("forged")
    link_id, expiry, secret = BODY.unpack(body)
    expires_at = datetime.fromtimestamp(expiry, UTC)
    if expires_at <= now and not expired_too:
        raise InvalidToken("expired")
    return LinkToken(uuid.UUID(bytes=link_id), expires_at, secret)


def matches(token: LinkToken, secret_digest: str) -> bool:
    """Compare a token's secret with the stored digest, in constant time."""
    return hmac.compare_digest(token.secret_digest, secret_digest)
