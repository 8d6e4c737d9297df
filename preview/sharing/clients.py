"""What kind of client opened a link, coarse enough to identify nobody."""

from __future__ import annotations

import re

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
