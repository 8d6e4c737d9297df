"""Answers that end: in time, in size and in depth, whatever the other side does.

A time-out of a socket counts from byte to byte, so a service that drips a byte a second never meets
it. Here the whole answer, headers too, has a deadline: some times what one read may take.

Source: CPython `http/client.py` (`HTTPResponse.fp`), urllib3 `connection.py`.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from typing import Any

import requests
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

READS = 3  # the whole answer may take as long as this many single reads
LARGEST = 32 * 1024 * 1024  # bytes, unpacked; the largest items of the platform have some megabytes
DEEPEST = 100  # objects and lists inside one another, as in drafts
CHUNK = 256 * 1024


class InTime(io.RawIOBase):
    """What a socket receives, until a deadline."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.received = sock.makefile("rb", buffering=0)
        self.one_read = sock.gettimeout()
        self.deadline = time.monotonic() + READS * (self.one_read or 0)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Receive what there is.

        Raises:
            TimeoutError: nothing came in time, or all of it takes too long.

        """
        if self.one_read is not None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer takes too long")
            self.sock.settimeout(min(self.one_read, left))
        return self.received.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self.received.close()
        super().close()


class AnswerInTime(http.client.HTTPResponse):
    """An answer that is read until its deadline."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(InTime(sock))


class PlainConnection(HTTPConnection):
    """A connection whose answers end in time."""

    response_class = AnswerInTime


class SecureConnection(HTTPSConnection):
    """The same, encrypted."""

    response_class = AnswerInTime


class PlainPool(HTTPConnectionPool):
    """Connections whose answers end in time."""

    ConnectionCls = PlainConnection


class SecurePool(HTTPSConnectionPool):
    """The same, encrypted."""

    ConnectionCls = SecureConnection


POOLS = {"http": PlainPool, "https": SecurePool}


def read_whole(response: requests.Response) -> bool:
    """Read a body to its end; False where it is too large, and then the rest of it is not read."""
    pieces, size = [], 0
    for piece in response.iter_content(CHUNK):
        size += len(piece)
        if size > LARGEST:
            response.close()
            return False
        pieces.append(piece)
    response._content = b"".join(pieces)  # noqa: SLF001 (no other way)
    return True


def too_deep(value: Any) -> bool:
    """Say whether JSON is nested deeper than what is kept of it can be written again."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return False
    return True
