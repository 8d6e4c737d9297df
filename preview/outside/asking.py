"""Asking for an address: only how it ends counts, nothing of the answer is read."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from preview.errors import AddressRefused
from preview.outside.guard import connect

SECONDS = 5.0
MOST_REDIRECTS = 5
MOVED = frozenset({301, 302, 303, 307, 308})
AGENT = "Mozilla/5.0 (compatible; ContentPreviewLinkChecker/1.0)"
SAFE = "/%:=&?~#+!$,;'@()*[]"


class Plain(http.client.HTTPConnection):
    """An HTTP connection that goes to public addresses only."""

    def connect(self) -> None:
        """Connect."""
        self.sock = connect(self.host, self.port, SECONDS)


class Secure(http.client.HTTPSConnection):
    """An HTTPS connection that goes to public addresses only; certificates are checked."""

    def connect(self) -> None:
        """Connect and greet."""
        raw = connect(self.host, self.port, SECONDS)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)


CONNECTIONS: dict[str, Callable[[str, int], http.client.HTTPConnection]] = {
    "http": lambda host, port: Plain(host, port, timeout=SECONDS),
    "https": lambda host, port: Secure(host, port, timeout=SECONDS),
}
PORTS = {"http": 80, "https": 443}


def status_of(address: str) -> int:
    """Return the status of an address, after at most five redirects.

    Raises:
        AddressRefused: it, or where it leads, is not an address of the public internet.
        OSError: nothing answers there, or not as HTTP does.

    """
    for _ in range(MOST_REDIRECTS + 1):
        status, location = asked(urlsplit(address))
        if status not in MOVED or not location:
            return status
        address = urljoin(address, location)
    return status


def asked(parts: SplitResult) -> tuple[int, str]:
    """Return the status of one request and where it leads."""
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise AddressRefused(parts.netloc) from error
    host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    if parts.scheme not in CONNECTIONS or not host or parts.username is not None:
        raise AddressRefused(parts.netloc)
    connection = CONNECTIONS[parts.scheme](host, port)
    target = quote(parts.path or "/", safe=SAFE) + (
        f"?{quote(parts.query, safe=SAFE)}" if parts.query else ""
    )
    try:
        connection.request("GET", target, headers={"User-Agent": AGENT, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location") or ""
    except http.client.HTTPException as error:
        raise OSError(f"{parts.hostname} does not answer as HTTP does.") from error
    finally:
        connection.close()
