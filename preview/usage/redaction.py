"""What is taken out of paths and rejected lines before they are stored.

Source: RFC 7519 (the three parts of a JWT) for tokens in paths.
"""

from __future__ import annotations

import re

LONGEST_PATH = 200
HIDDEN = "-hidden-"
SECRETS = re.compile(
    r"eyJ[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)*"  # a JWT
    r"|[^/\s]*(?:@|%40)[^/\s]*"  # an e-mail address
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b"  # an address of IPv4
    r"|(?<![0-9A-Za-z-])[A-Za-z0-9_]{40,}(?![0-9A-Za-z-])"  # a key of any kind
)
UNSAFE = re.compile(r"[^\x21-\x7e]|[\\<>\"'`]")
STEERS = re.compile(r"[/?#%]|^\.{1,2}$")
KNOWN_NAMES = re.compile(
    r'"(?:@timestamp|http_host|request_uri|status|request_method|govuk_request_id|route|controller|'
    r"action|_source|_index|request_received|url|method|client_ip|timestamp|httpRequest|webaclId|"
    r'actor|signal|app|host|ts|req|content|event_id|uid|created_at)"'
)
WORD = re.compile(r"\w+")
LONGEST_EXCERPT = 120


def path(text: str) -> str:
    """Return a path that may be stored: printable ASCII, no token, address or e-mail, bounded."""
    if UNSAFE.search(text):
        text = UNSAFE.sub("~", text)
    return SECRETS.sub(HIDDEN, text)[:LONGEST_PATH]


def name(text: str, longest: int = 80) -> str:
    """Return a short name that may be stored, whoever wrote it."""
    return UNSAFE.sub("~", text)[:longest]


def key(text: str, longest: int = 120) -> str:
    """Return a short name that may also stand in an address of this service as one part of it."""
    return STEERS.sub("~", name(text, longest))


def excerpt(line: bytes) -> str:
    """Return the shape of a line that could not be read: known names stay, every word is an x."""
    text = line[: 4 * LONGEST_EXCERPT].decode("ascii", "replace").replace("\0", "␀")
    kept: list[str] = []
    position = 0
    for known in KNOWN_NAMES.finditer(text):
        kept.append(WORD.sub("x", text[position : known.start()]))
        kept.append(known[0])
        position = known.end()
    kept.append(WORD.sub("x", text[position:]))
    return "".join(kept)[:LONGEST_EXCERPT]
