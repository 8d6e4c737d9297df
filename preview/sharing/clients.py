"""What client opened a link, coarse enough to identify nobody."""

from __future__ import annotations

import hmac
import re

from django.conf import settings
from django.utils import timezone

KINDS = (
    (
        "scanner",
        re.compile(r"safelinks|barracuda|proofpoint|mimecast|scanner|urlscan", re.IGNORECASE),
    ),
    (
        "bot",
        re.compile(
            r"bot\b|slack|teams|facebookexternalhit|whatsapp|crawler|preview", re.IGNORECASE
        ),
    ),
    ("script", re.compile(r"^(curl|wget|python|go-http|java|okhttp)", re.IGNORECASE)),
)


def client_class(user_agent: str) -> str:
    """Return `scanner`, `bot`, `script` or `person`."""
    return next((kind for kind, marks in KINDS if marks.search(user_agent)), "person")


def client_hash(address: str, user_agent: str) -> str:
    """Return a mark of a client, good for a day and reversible by nobody.

    Denials of one day can be told to come from one place; the address itself is never stored.
    """
    said = f"{timezone.now():%Y-%m-%d}|{address}|{user_agent}"
    return hmac.digest(settings.SECRET_KEY.encode(), said.encode(), "sha256").hex()[:16]
