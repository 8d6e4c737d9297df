"""Signatures of webhooks, for those that are sent and those that come in.

Source: Standard Webhooks specification 1.0, “Signature scheme”: HMAC-SHA256 over id, timestamp and
body, parted by full stops; secrets start with `whsec_` and are base64.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets

from preview.errors import InvalidToken

PREFIX = "whsec_"
WINDOW_SECONDS = 5 * 60


def new_secret() -> str:
    """Return a new secret of 32 bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(secret: str) -> bytes:
    """Return the bytes of a secret; one that is not base64 counts as it stands."""
    text = secret.removeprefix(PREFIX)
    try:
        return base64.b64decode(text, validate=True) or text.encode()
    except binascii.Error:
        return text.encode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return `v1,<base64>`, the value of the header `webhook-signature`."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.digest(key_of(secret), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


def headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that a webhook is sent with."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message_id, timestamp, body),
    }


def check(
    secret: str, message_id: str, timestamp: str, signatures: str, body: bytes, now: float
) -> None:
    """Accept a webhook that came in: signed with the secret, within five minutes of now.

    `signatures` may hold several, parted by spaces, while a secret is being replaced.

    Raises:
        InvalidToken: `forged`, or `expired` outside the window.

    """
    if not secret or not message_id or not (timestamp.isascii() and timestamp.isdecimal()):
        raise InvalidToken("forged")
    wanted = signature(secret, message_id, int(timestamp[:15]), body)
    given = [hmac.compare_digest(one.encode(), wanted.encode()) for one in signatures.split()[:10]]
    if not any(given):
        raise InvalidToken("forged")
    if abs(now - int(timestamp[:15])) > WINDOW_SECONDS:
        raise InvalidToken("expired")
