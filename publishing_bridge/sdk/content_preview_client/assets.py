"""Draft files in the native API: sent as a stream, however large they are.

Source: RFC 7578 for `multipart/form-data`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from content_preview_client.answers import Asset
from content_preview_client.decoding import decode
from content_preview_client.drafts import ContentId
from content_preview_client.errors import InvalidArgument
from content_preview_client.transport import Call, Transport, checked_id

ASSETS = "/api/v1/assets"
CHUNK = 64 * 1024


class Assets:
    """Files that drafts use, under the same access as the drafts."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def upload(self, file: Path | str | BinaryIO, *, filename: str = "") -> Asset:
        """Send a file: a path, or an open binary file that can be told and sought.

        It is read piece by piece and never held as a whole.

        Raises:
            TooLarge: above the service's limit.
            Invalid: the service does not take files of this kind.

        """
        with opened(file) as stream:
            body = Multipart(stream, filename or name_of(file))
            call = Call(
                "POST",
                ASSETS,
                body=body.again,
                headers={"Content-Type": f"multipart/form-data; boundary={body.boundary}"},
            )
            return decode(Asset, self.transport.send(call).json)

    def get(self, asset_id: ContentId) -> Asset:
        """Get what is known of a file."""
        call = Call("GET", f"{ASSETS}/{checked_id(asset_id)}", repeatable=True)
        return decode(Asset, self.transport.send(call).json)


class Multipart:
    """A form with one file, read as it is sent; its length is known beforehand."""

    def __init__(self, stream: BinaryIO, filename: str) -> None:
        if not (stream.seekable() and stream.readable()):
            raise InvalidArgument("Pass a file that is open for reading and can be sought.")
        self.stream = stream
        self.start = stream.tell()
        self.boundary = uuid.uuid4().hex
        quoted = filename.replace("\\", "_").replace('"', "%22")
        quoted = quoted.replace("\r", "%0D").replace("\n", "%0A")
        self.head = (
            f"--{self.boundary}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        ).encode()
        self.tail = f"\r\n--{self.boundary}--\r\n".encode()
        stream.seek(0, os.SEEK_END)
        self.size = stream.tell() - self.start

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
