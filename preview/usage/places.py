"""Where logs are: files, folders, patterns, standard input, S3. Each is listed, then opened.

The fingerprint of a file is its size and the SHA-256 of its first and last 64 KiB; that of an S3
object is its ETag. Standard input has none until it was read: it is known by its own content.

Source: Amazon S3 API reference, ListObjectsV2 and GetObject.
"""

from __future__ import annotations

import glob
import hashlib
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from preview.errors import UnreadableLog

EDGE = 64 * 1024
PIECE = 1024 * 1024
HIDDEN = "."


@dataclass(frozen=True)
class Place:
    """A log that can be opened: its key, fingerprint and size (bytes as stored)."""

    key: str
    fingerprint: str
    size: int

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Open it for reading from its start."""
        if self.key.startswith("s3://"):
            return opened_in_s3(self.key)
        try:
            return Path(self.key).open("rb")
        except OSError as error:
            raise UnreadableLog(f"{self.key} can't be opened: {error.strerror}.") from error


@dataclass(frozen=True)
class Spooled(Place):
    """Standard input, put aside in a temporary file, since it must be known before it is read."""

    file: IO[bytes]

    def open(self) -> AbstractContextManager[IO[bytes]]:
        """Return the temporary file, from its start."""
        self.file.seek(0)
        return self.file


def listed(names: list[str]) -> Iterator[Place]:
    """Give the places behind names as they are typed, in order of their keys.

    Raises:
        UnreadableLog: a name behind which there is nothing.

    """
    for name in names:
        if name == "-":
            yield from standard_input()
        elif name.startswith("s3://"):
            yield from in_s3(name)
        else:
            yield from files(name)


def files(name: str) -> Iterator[Place]:
    """Give a file, the files of a folder and its folders, or those of a pattern."""
    path = Path(name)
    if path.is_dir():
        found = sorted(
            one
            for one in path.rglob("*")
            if one.is_file() and not any(part.startswith(HIDDEN) for part in one.parts[1:])
        )
    elif path.exists():
        found = [path]
    else:
        found = sorted(Path(one) for one in glob.glob(name, recursive=True))  # noqa: PTH207 (absolute)
        found = [one for one in found if one.is_file()]
    if not found:
        raise UnreadableLog(f"There is no file {name}. Check the name or the pattern.")
    for one in found:
        yield of_file(one)


def of_file(path: Path) -> Place:
    """Return the place of a file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            edges = hashlib.sha256(file.read(EDGE))
            if size > EDGE:
                file.seek(max(EDGE, size - EDGE))
                edges.update(file.read(EDGE))
    except OSError as error:
        raise UnreadableLog(f"{path} can't be read: {error.strerror}.") from error
    return Place(str(path), f"{size}-{edges.hexdigest()}", size)


def standard_input() -> Iterator[Place]:
    """Put standard input aside, compressed or not, and give it."""
    whole = hashlib.sha256()
    size = 0
    file = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed, and gone, once it was read)
    while piece := sys.stdin.buffer.read(PIECE):
        whole.update(piece)
        size += len(piece)
        file.write(piece)
    name = whole.hexdigest()
    yield Spooled(f"stdin/{name[:16]}", name, size, cast("IO[bytes]", file))


@cache
def s3() -> Any:
    """Return the S3 client; `USAGE_S3_ENDPOINT` names another endpoint than Amazon's."""
    return boto3.client("s3", endpoint_url=settings.USAGE_S3_ENDPOINT or None)


def in_s3(address: str) -> Iterator[Place]:
    """Give an object, or all objects below a prefix."""
    parts = urlsplit(address)
    bucket, prefix = parts.netloc, parts.path.lstrip("/")
    found = False
    try:
        for page in s3().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
            for one in page.get("Contents", ()):
                if one["Size"]:
                    found = True
                    etag = str(one["ETag"]).strip('"')
                    yield Place(f"s3://{bucket}/{one['Key']}", etag, int(one["Size"]))
    except (BotoCoreError, ClientError) as error:
        raise UnreadableLog(f"{address} can't be listed: {cause(error)}.") from error
    if not found:
        raise UnreadableLog(f"There is nothing at {address}. Check bucket, prefix and region.")


def opened_in_s3(key: str) -> AbstractContextManager[IO[bytes]]:
    """Open an object of S3 as a stream."""
    parts = urlsplit(key)
    try:
        body = s3().get_object(Bucket=parts.netloc, Key=parts.path.lstrip("/"))["Body"]
    except (BotoCoreError, ClientError) as error:
        raise UnreadableLog(f"{key} can't be opened: {cause(error)}.") from error
    return cast("AbstractContextManager[IO[bytes]]", body)


def cause(error: BotoCoreError | ClientError) -> str:
    """Return the short name of what S3 answered."""
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "unknown"))
    return type(error).__name__
