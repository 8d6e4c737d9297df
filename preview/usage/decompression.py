"""Compressed streams → plain bytes, in memory that does not grow with the stream.

gzip and bzip2 may hold several members, zstandard several frames. A tail that was cut off gives
what came before it. A stream that grows without measure is stopped.

Source: RFC 1952 (gzip, section 2.2 on members), RFC 8878 (zstandard), the magic numbers of each.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Protocol, cast

import zstandard

from preview.errors import CompressionBomb

PIECE = 256 * 1024
RATIO = 500
RATIO_FROM = 64 * 1024 * 1024
Damage = (zlib.error, OSError, zstandard.ZstdError, EOFError)


class Readable(Protocol):
    """What bytes come from."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes."""
        ...


@dataclass
class Tally:
    """How much was read and given; `damage` says in what state the stream ended."""

    read: int = 0
    given: int = 0
    damage: str = ""

    def check(self) -> None:
        """Refuse a stream that gives more than any log does.

        Raises:
            CompressionBomb: more than 64 MiB, and 500 times what was read.

        """
        if self.given > RATIO_FROM and self.given > RATIO * max(self.read, 1):
            raise CompressionBomb


Expand = Callable[[bytes], bytes]


class Member(Protocol):
    """A decompressor of one member, as `bz2` has it."""

    @property
    def eof(self) -> bool:
        """Say whether the member has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """Say whether nothing more comes without more data."""
        ...

    @property
    def unused_data(self) -> bytes:
        """Return what stands behind the member."""
        ...

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Return at most `max_length` bytes."""
        ...


class GzipMember:
    """One gzip member, in the shape of `bz2.BZ2Decompressor`."""

    def __init__(self) -> None:
        self.inner = zlib.decompressobj(wbits=31)
        self.needs_input = True

    def decompress(self, data: bytes, max_length: int = -1, /) -> bytes:
        """Return at most `max_length` bytes; what is left over is kept."""
        found = self.inner.decompress(self.inner.unconsumed_tail + data, max_length)
        self.needs_input = not self.inner.unconsumed_tail and len(found) < max_length
        return found

    @property
    def eof(self) -> bool:
        """Say whether the member has ended."""
        return self.inner.eof

    @property
    def unused_data(self) -> bytes:
        """Return what stands behind the member."""
        return self.inner.unused_data


def members(
    source: Readable, first: bytes, make: Callable[[], Member], tally: Tally
) -> Iterator[bytes]:
    """Give the bytes of all members, one after another; padding between them is passed over."""
    data, member = first, make()
    fresh = True
    while True:
        if member.eof:
            data = (member.unused_data or b"").lstrip(b"\0") or read(source, tally)
            member, fresh = make(), True
            if not data.strip(b"\0"):
                return
        elif member.needs_input and not data:
            data = read(source, tally)
            if not data:
                tally.damage = "" if fresh else "truncated"
                return
        fresh = False
        found, data = member.decompress(data, PIECE), b""
        if found:
            yield found


def frames(source: Readable, first: bytes, tally: Tally) -> Iterator[bytes]:
    """Give the bytes of all zstandard frames."""
    feed = Fed(source, first, tally)
    reader = zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(
        cast("IO[bytes]", feed), read_across_frames=True
    )
    while found := reader.read(PIECE):
        yield found


class Fed:
    """A source whose first bytes were read already."""

    def __init__(self, source: Readable, first: bytes, tally: Tally) -> None:
        self.source, self.first, self.tally = source, first, tally

    def read(self, size: int = PIECE, /) -> bytes:
        """Return up to `size` bytes."""
        if self.first:
            found, self.first = self.first[:size], self.first[size:]
            return found
        return read(self.source, self.tally, size)


def read(source: Readable, tally: Tally, size: int = PIECE) -> bytes:
    """Read a piece and note how much it was."""
    found = source.read(size)
    tally.read += len(found)
    return found


def plain(source: Readable, tally: Tally) -> Iterator[bytes]:
    """Give the plain bytes of a stream, whatever it is compressed with.

    Raises:
        CompressionBomb: it grows without measure.

    """
    first = read(source, tally)
    try:
        for piece in opened(source, first, tally):
            tally.given += len(piece)
            tally.check()
            yield piece
    except Damage:
        tally.damage = "damaged"


def opened(source: Readable, first: bytes, tally: Tally) -> Iterator[bytes]:
    """Choose the decompressor by the stream's first bytes."""
    if first.startswith(b"\x1f\x8b"):
        yield from members(source, first, GzipMember, tally)
    elif first.startswith(b"BZh"):
        yield from members(source, first, bz2.BZ2Decompressor, tally)
    elif first.startswith(b"\x28\xb5\x2f\xfd"):
        yield from frames(source, first, tally)
    else:
        while first:
            yield first
            first = read(source, tally)
