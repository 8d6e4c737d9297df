"""Connections to public addresses, and to no others."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

from preview.errors import AddressRefused

PORTS = frozenset({80, 443})
# Set aside for carriers' own translation and relays; the library counts some of them as global.
SET_ASIDE = tuple(ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24"))


def is_public(text: str) -> bool:
    """Say whether an IP address is one of the public internet, also inside another kind of it."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        teredo = address.teredo
        if inner is None and teredo is not None:
            inner = teredo[1]
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:  # given up, but still in use inside networks
            return False
    if any(address in network for network in SET_ASIDE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def resolved(host: str, port: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Give the family and socket address of a host, all of them public.

    Raises:
        AddressRefused: a port or an address that is not for everybody.
        OSError: the name is not known.

    """
    if port not in PORTS:
        raise AddressRefused(host)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(is_public(str(place[0])) for *_, place in found):
        raise AddressRefused(host)
    for family, _, _, _, place in found:
        yield family, place


def connect(host: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to a host, made to an address that was looked at.

    Raises:
        AddressRefused: a port or an address that is not for everybody.
        OSError: nothing answers.

    """
    last: OSError = OSError(f"No address for {host}.")
    for family, place in resolved(host, port):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(timeout)
        try:
            made.connect(place)
        except OSError as error:
            made.close()
            last = error
        else:
            return made
    raise last
