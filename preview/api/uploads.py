"""Receiving a file: streamed to disk in pieces, refused as soon as it can't be accepted.

Source: RFC 7578 (multipart/form-data).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from rest_framework.exceptions import APIException, ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser, DataAndFiles
from rest_framework.request import Request
from rest_framework.utils.mediatypes import media_type_matches

from preview.api.bodies import body_of, in_chunks
from preview.assets.addresses import clean_name
from preview.assets.inspecting import refuse_disguised
from preview.assets.sniffing import HEAD
from preview.errors import InvalidAsset

AROUND = 64 * 1024  # bytes of a body that are not the file's


class FileTooLarge(APIException):
    """A file above the limit."""

    status_code = 413
    default_code = "file-too-large"

    def __init__(self) -> None:
        megabytes = settings.MAX_ASSET_BYTES / (1024 * 1024)
        super().__init__(f"The file is larger than {megabytes:g} MB. Send a smaller file.")


class Bounded:
    """A stream that ends in a refusal once more than `most` bytes were read of it."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.stream, self.left = stream, most

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes.

        Raises:
            FileTooLarge: they are too many.

        """
        piece = self.stream.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise FileTooLarge
        return piece


class AssetUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to disk, counts it, digests it, and stops at the first reason to refuse it."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; there is one in a request."""
        if getattr(self, "digest", None) is not None or (args and args[0] != "file"):
            raise InvalidAsset("file", "Send one file, in the field file.")
        super().new_file(*args, **kwargs)
        self.digest = hashlib.sha256()
        self.received = 0
        self.head = b""
        self.named = clean_name(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        self.received += len(raw_data)
        if self.received > settings.MAX_ASSET_BYTES:
            raise FileTooLarge
        if len(self.head) < HEAD:
            self.head += raw_data
            if len(self.head) >= HEAD:
                refuse_disguised(self.named, self.head)
        self.digest.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """End a file."""
        found = super().file_complete(file_size)
        if found is not None:
            found.sha256 = self.digest.hexdigest()  # type: ignore[attr-defined]  # read by the view
        return found


class FileParser(BaseParser):
    """Reads `multipart/form-data` with one file, in bounded memory."""

    media_type = "multipart/form-data"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        """Return the fields and the file.

        Raises:
            FileTooLarge: above the limit; a body that says so is not read at all.
            InvalidAsset: no file, several, or one that is not what its name says.
            ParseError: no multipart body.

        """
        request = (parser_context or {})["request"]
        most = settings.MAX_ASSET_BYTES + AROUND
        length = most if in_chunks(request) else int(request.META.get("CONTENT_LENGTH") or 0)
        if length > most:
            raise FileTooLarge
        meta = {**request.META, "CONTENT_TYPE": media_type or "", "CONTENT_LENGTH": length}
        stream = cast("IO[bytes]", Bounded(stream, most))
        try:
            handlers = [AssetUploadHandler(request)]
            data, files = MultiPartParser(meta, cast("Any", stream), handlers, "utf-8").parse()
        except RequestDataTooBig as error:
            raise InvalidAsset("url", "Send only the fields file and url.") from error
        except (MultiPartParserError, SuspiciousOperation, UnicodeDecodeError) as error:
            raise ParseError("The body is not multipart/form-data with a boundary.") from error
        return DataAndFiles(data, files)


def received(request: Request) -> DataAndFiles[Any, Any]:
    """Return the fields and the file of a request, also of one that comes in chunks.

    Raises:
        UnsupportedMediaType: it is no upload.

    """
    kind = request.content_type
    if not media_type_matches(FileParser.media_type, kind):
        raise UnsupportedMediaType(kind)
    return FileParser().parse(body_of(request), kind, {"request": request})
