"""Posting to an address that somebody else chose: one request, no redirect, no answer read."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from preview.errors import AddressRefused
from preview.outside.asking import SAFE, SECONDS, Secure

AGENT = "ContentPreviewWebhooks/1.0"


def post(address: str, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the HTTP status with which a body of JSON is taken; over HTTPS only.

    Raises:
        AddressRefused: not an address of the public internet.
        OSError: nothing answers there, or not as HTTP does.

    """
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise AddressRefused(parts.netloc)
    try:
        host = parts.hostname.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise AddressRefused(parts.netloc) from error
    connection = Secure(host, parts.port or 443, timeout=SECONDS)
    target = quote(parts.path or "/", safe=SAFE)
    if parts.query:
        target += f"?{quote(parts.query, safe=SAFE)}"
    said = {"User-Agent": AGENT, "Content-Type": "application/json", **headers}
    try:
        connection.request("POST", target, body=body, headers=said)
        return connection.getresponse().status
    except http.client.HTTPException as error:
        raise OSError(f"{parts.hostname} does not answer as HTTP does.") from error
    finally:
        connection.close()
