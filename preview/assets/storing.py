"""The bytes of draft files, in the storage that the `assets` setting names, by their SHA-256."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages

CHUNK = 256 * 1024


def storage() -> Storage:
    """Return the storage that the `assets` setting names."""
    return storages["assets"]


def location(sha256: str) -> str:
    """Return the name of a file in the storage; nothing of what a sender called it is in it."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def put(file: IO[bytes], sha256: str, size: int) -> None:
    """Store a file, in pieces; storing it again writes nothing.

    A file left half-written by a killed process has another size, and is written anew.
    """
    place, name = storage(), location(sha256)
    if place.exists(name) and place.size(name) == size:
        return
    place.delete(name)
    file.seek(0)
    place.save(name, File(file))


def delete(sha256: str) -> None:
    """Delete a file; one that is not there is no error."""
    storage().delete(location(sha256))


def read(sha256: str, first: int, last: int) -> Iterator[bytes]:
    """Give the bytes from `first` to `last`, both included, in pieces.

    Raises:
        FileNotFoundError: there is no such file.

    """
    place, name = storage(), location(sha256)
    bucket: Any = getattr(place, "bucket", None)
    if bucket is not None:
        yield from from_bucket(place, bucket, name, first, last)
        return
    with place.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


def from_bucket(place: Any, bucket: Any, name: str, first: int, last: int) -> Iterator[bytes]:
    """Give a range of an object of a bucket: asked for as such, so the rest is not loaded."""
    key = "/".join(part for part in (place.location.strip("/"), name) if part)
    answer = bucket.Object(key).get(Range=f"bytes={first}-{last}")
    yield from answer["Body"].iter_chunks(CHUNK)
