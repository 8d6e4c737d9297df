"""Plain bytes → lines, or the elements of one JSON array; each with where it ends.

A line that is too long is never held in memory: it is passed over and reported as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_LINE = 256 * 1024
SPACE = b" \t\r\n"
TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}"]', re.DOTALL)
REST_OF_TEXT = re.compile(rb'(?:[^"\\]|\\.)*"', re.DOTALL)
ARRAY = re.compile(rb"\s*\[\s*(?:[{\]]|\Z)")


class Line(NamedTuple):
    """A line without its break, and the offset in the plain bytes at which the next one starts.

    `data` is None for a line that is too long.
    """

    data: bytes | None
    end: int


def lines(pieces: Iterator[bytes]) -> Iterator[Line]:
    """Give the lines of a stream; where its first byte is `[`, the elements of that array."""
    first = b""
    for piece in pieces:
        first += piece
        if first.lstrip(SPACE):
            break
    rest = chained(first, pieces)
    return elements(rest) if ARRAY.match(first) else broken(rest)


def chained(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Give the first piece, then the others."""
    if first:
        yield first
    yield from pieces


def broken(pieces: Iterator[bytes]) -> Iterator[Line]:
    """Give the lines between line breaks; the last one needs none."""
    kept, position, too_long = b"", 0, False
    for piece in pieces:
        parts = piece.split(b"\n")
        parts[0] = kept + parts[0]
        for part in parts[:-1]:
            position += len(part) + 1
            yield Line(None if too_long or len(part) > LONGEST_LINE else part, position)
            too_long = False
        kept = parts[-1]
        if len(kept) > LONGEST_LINE:
            position, kept, too_long = position + len(kept), b"", True
    if kept or too_long:
        yield Line(None if too_long else kept, position + len(kept))


class Splitter:
    """Finds the objects of a JSON array in pieces of its text."""

    def __init__(self) -> None:
        self.buffer = b""
        self.base = 0  # offset of the buffer's first byte
        self.depth = 0
        self.start = -1  # where the element that is open starts in the buffer
        self.at = 0  # where to look on
        self.too_long = False
        self.in_text = False  # the buffer starts inside a text whose start was let go

    def feed(self, piece: bytes) -> Iterator[Line]:
        """Give the elements that end in this piece."""
        self.buffer += piece
        if self.in_text:
            rest = REST_OF_TEXT.match(self.buffer)
            if rest is None:
                self.drop_text()
                return
            self.at, self.in_text = rest.end(), False
        looked = len(self.buffer)
        for token in TOKEN.finditer(self.buffer, self.at):
            mark = token[0]
            if mark == b'"':  # a text that goes on in the next piece
                looked = token.start()
                break
            if mark in b"{[":
                self.depth += 1
                if self.depth == 2:
                    self.start = token.start()
            elif mark in b"}]":
                self.depth -= 1
                if self.depth == 1:
                    yield self.ended(token.end())
        self.at = looked
        self.let_go()

    def ended(self, end: int) -> Line:
        """Return the element that ends here."""
        long = self.too_long or end - self.start > LONGEST_LINE
        line = Line(None if long else self.buffer[self.start : end], self.base + end)
        self.start, self.too_long = -1, False
        return line

    def let_go(self) -> None:
        """Forget what is not needed any more, and the start of an element that is too long."""
        keep = self.at if self.start < 0 else min(self.start, self.at)
        if len(self.buffer) - keep > LONGEST_LINE:
            self.too_long = self.depth >= 2
            self.start = -1
            if len(self.buffer) - self.at > LONGEST_LINE:
                self.drop_text()
                return
            keep = self.at
        self.forget(keep)
        self.start = self.start - keep if self.start >= 0 else -1

    def drop_text(self) -> None:
        """Forget a text that is too long, but for an escape that its end may be half of."""
        odd = (len(self.buffer) - len(self.buffer.rstrip(b"\\"))) % 2
        self.at = len(self.buffer)
        self.forget(len(self.buffer) - odd)
        self.at, self.in_text = 0, True

    def forget(self, keep: int) -> None:
        """Cut the buffer's first bytes off."""
        self.buffer = self.buffer[keep:]
        self.base += keep
        self.at -= keep


def elements(pieces: Iterator[bytes]) -> Iterator[Line]:
    """Give the objects of a JSON array, without holding the array; the last may be cut off."""
    splitter = Splitter()
    for piece in pieces:
        yield from splitter.feed(piece)
    if splitter.depth >= 2:
        rest = splitter.buffer[max(splitter.start, 0) :]
        end = splitter.base + len(splitter.buffer)
        yield Line(None if splitter.too_long else rest, end)
