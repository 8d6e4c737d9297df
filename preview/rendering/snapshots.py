"""Snapshots: the HTML of rendered pages, compressed, at an address made of its own SHA-256."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

import zstandard
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

LEVEL = 3
KEPT_IN_MEMORY = 64


@dataclass(frozen=True)
class Snapshot:
    """Where the HTML of a page is: `sha256` (hex) of its UTF-8 bytes, and their number."""

    sha256: str
    size: int


def storage() -> Storage:
    """Return the storage that the `snapshots` setting names."""
    return storages["snapshots"]


def location(sha256: str) -> str:
    """Return the name of a snapshot in the storage; two levels keep folders small."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.zst"


def set_aside_location(sha256: str) -> str:
    """Return the name of a snapshot that is to be deleted; see `retention/leftovers.py`."""
    return f"set-aside/{location(sha256)}"


def put(html: str) -> Snapshot:
    """Store the HTML of a page; storing it again writes nothing.

    A file left half-written by a killed process has another size, and is written anew.
    """
    content = html.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    compressed = zstandard.ZstdCompressor(level=LEVEL).compress(content)
    name = location(sha256)
    place = storage()
    if not (place.exists(name) and place.size(name) == len(compressed)):
        place.delete(name)
        place.save(name, ContentFile(compressed))
    return Snapshot(sha256, len(content))


def stored_bytes(sha256: str) -> bytes:
    """Return what is stored, also where it was set aside."""
    try:
        stored = storage().open(location(sha256))
    except FileNotFoundError:
        stored = storage().open(set_aside_location(sha256))
    with stored:
        return bytes(stored.read())


@lru_cache(maxsize=KEPT_IN_MEMORY)
def get(sha256: str) -> bytes:
    """Return the HTML (UTF-8) of a snapshot.

    Raises:
        FileNotFoundError: there is none.
        OSError: what is stored is not what was rendered.

    """
    content = zstandard.ZstdDecompressor().decompress(stored_bytes(sha256))
    if hashlib.sha256(content).hexdigest() != sha256:
        raise OSError(f"Snapshot {sha256} is damaged.")
    return content
