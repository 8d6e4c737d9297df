"""The client of a request: its address, its mark in the audit trail, what kind of client it is."""

from __future__ import annotations

from functools import cached_property, lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from preview.sharing.clients import client_class, client_hash
from preview.sharing.probing import HEADER, is_probe


def network_of(address: str) -> str:
    """Return what limits count by: an IPv4 address, the /64 of an IPv6 one, or what was said."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(ip_network((found, 64), strict=False))
    return str(found)


@lru_cache(4096)
def source_of(address: str, day: int) -> str:  # noqa: ARG001 (marks change with the day)
    """Return the mark of a source on a day, kept: whoever guesses often costs next to nothing."""
    return client_hash(network_of(address), "")


class Client:
    """Who made a request, as far as the service knows and keeps."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user_agent = request.META.get("HTTP_USER_AGENT", "")

    @cached_property
    def address(self) -> str:
        """The IP address; a header is believed only as far as our own proxies wrote it."""
        said = str(self.request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
        trusted = settings.TRUSTED_PROXIES
        if trusted and len(said) >= trusted:
            return said[-trusted].strip()
        return str(self.request.META.get("REMOTE_ADDR", ""))

    @cached_property
    def mark(self) -> str:
        """A mark that tells clients of one day apart."""
        return client_hash(self.address, self.user_agent)

    @cached_property
    def source(self) -> str:
        """A mark of where requests come from, whatever they say of their browser: for limits.

        Of an IPv6 address the network counts: one household has 2^64 addresses.
        """
        return source_of(self.address, timezone.now().toordinal())

    @property
    def kind(self) -> str:
        """`person`, `bot`, `scanner`, `script`, or this service's own `probe`."""
        if is_probe(self.request.headers.get(HEADER, "")):
            return "probe"
        return client_class(self.user_agent)
