"""Draft files in the native API: sent as a stream, however large they are.

Source: RFC 7578 for `multipart/form-data`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from content_preview_client.answers import Asset
from content_preview_client.decoding import decode
from content_preview_client.drafts import ContentId
from content_preview_client.errors import InvalidArgument
from content_preview_client.pages import by_cursor
from content_preview_client.transport import Call, Transport, checked_id

ASSETS = "/api/v1/assets"
CHUNK = 64 * 1024


class Assets:
    """Files that drafts use, under the same access as the drafts."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def upload(self, file: Path | str | BinaryIO, *, filename: str = "", url: str = "") -> Asset:
        """Send a file: a path, or an open binary file that can be told and sought.

        It is read piece by piece and never held as a whole. `url` is the address that the content
        uses already; the same again replaces the file, so such a call may be sent again.

        Raises:
            TooLarge: above the service's limit.
            Invalid: the service does not take this file; says why.

        """
        with opened(file) as stream:
            body = Multipart(stream, filename or name_of(file), {"url": url} if url else {})
            call = Call(
                "POST",
                ASSETS,
                body=body.again,
                headers={"Content-Type": f"multipart/form-data; boundary={body.boundary}"},
                repeatable=bool(url),
            )
            return decode(Asset, self.transport.send(call).json)

    def get(self, asset_id: ContentId) -> Asset:
        """Get what is known of a file."""
        return decode(Asset, self.transport.send(Call("GET", at(asset_id), repeatable=True)).json)

    def list(self, *, per_page: int = 50) -> Iterator[Asset]:
        """Give the app's files, newest first."""
        for row in by_cursor(self.transport, ASSETS, {"per_page": per_page}):
            yield decode(Asset, row)

    def delete(self, asset_id: ContentId) -> None:
        """End a file at once, for everybody."""
        self.transport.send(Call("DELETE", at(asset_id), repeatable=True, gone_is_done=True))


def at(asset_id: ContentId) -> str:
    """Return the address of a file."""
    return f"{ASSETS}/{checked_id(asset_id)}"


class Multipart:
    """A form with fields and one file, read as it is sent; its length is known beforehand."""

    def __init__(self, stream: BinaryIO, filename: str, fields: Mapping[str, str]) -> None:
        if not (stream.seekable() and stream.readable()):
            raise InvalidArgument("Pass a file that is open for reading and can be sought.")
        self.stream = stream
        self.start = stream.tell()
        self.boundary = uuid.uuid4().hex
        self.head = "".join(
            [
                *(self.part(f'name="{name}"') + text + "\r\n" for name, text in fields.items()),
                self.part(f'name="file"; filename="{quoted(filename)}"'),
            ]
        ).encode()
        self.tail = f"\r\n--{self.boundary}--\r\n".encode()
        stream.seek(0, os.SEEK_END)
        self.size = stream.tell() - self.start

    def part(self, described: str) -> str:
        """Return what stands before a part."""
        return f"--{self.boundary}\r\nContent-Disposition: form-data; {described}\r\n\r\n"

    def __len__(self) -> int:
        return len(self.head) + self.size + len(self.tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self.head
        while piece := self.stream.read(CHUNK):
            yield piece
        yield self.tail

    def again(self) -> Multipart:
        """Return the form, back at its start."""
        self.stream.seek(self.start)
        return self


def quoted(filename: str) -> str:
    """Return a file's name so that it ends neither its quotes nor its line."""
    escapes = {"\\": "_", '"': "%22", "\r": "%0D", "\n": "%0A"}
    return "".join(escapes.get(letter, letter) for letter in filename)


def opened(file: Path | str | BinaryIO) -> AbstractContextManager[BinaryIO]:
    """Return a file, to be closed afterwards where it was opened here."""
    if isinstance(file, Path | str):
        return Path(file).open("rb")
    return nullcontext(file)


def name_of(file: Path | str | BinaryIO) -> str:
    """Return the name of a file without its folders.

    Raises:
        InvalidArgument: it has none.

    """
    path = file if isinstance(file, Path | str) else getattr(file, "name", "")
    name = Path(path).name if isinstance(path, Path | str) else ""
    if not name:
        raise InvalidArgument("Pass filename: this file has no name of its own.")
    return name
