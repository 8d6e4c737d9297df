"""The client of a request: its address, its mark in the audit trail, what kind of client it is."""

from __future__ import annotations

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from preview.sharing.clients import client_class, client_hash
from preview.sharing.probing import HEADER, is_probe


class Client:
    """Who made a request, as far as the service knows and keeps."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user_agent = request.headers.get("User-Agent", "")

    @cached_property
    def address(self) -> str:
        """The IP address; a header is believed only as far as our own proxies wrote it."""
        said = self.request.headers.get("X-Forwarded-For", "").split(",")
        trusted = settings.TRUSTED_PROXIES
        if trusted and len(said) >= trusted:
            return said[-trusted].strip()
        return str(self.request.META.get("REMOTE_ADDR", ""))

    @cached_property
    def mark(self) -> str:
        """A mark that tells clients of one day apart."""
        return client_hash(self.address, self.user_agent)

    @property
    def kind(self) -> str:
        """`person`, `bot`, `scanner`, `script`, or this service's own `probe`."""
        if is_probe(self.request.headers.get(HEADER, "")):
            return "probe"
        return client_class(self.user_agent)
