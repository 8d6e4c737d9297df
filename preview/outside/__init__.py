"""Requests to addresses that somebody else chose: to the public internet only.

`status_of(address)` asks for an address and returns the HTTP status that it ends with;
`post(address, body, headers)` posts to one. Every
connection, also one that a redirect leads to, is made to an IP address that was looked at first, so
that a name which changes its mind between the look and the connection leads nowhere.

Source: OWASP Server-Side Request Forgery Prevention; IANA special-purpose address registries, by
Python's `ipaddress`.
"""

from preview.outside.asking import status_of
from preview.outside.guard import connect
from preview.outside.posting import post

__all__ = ["connect", "post", "status_of"]
