"""ZIP files, and the Office files that are such: not larger inside than anybody could open.

Only the directory of the file is read, never its content. Source: PKWARE APPNOTE 4.3.
"""

from __future__ import annotations

import struct
import zipfile
from typing import IO

from preview.assets.sniffing import END, TAIL
from preview.errors import InvalidAsset

MOST_ENTRIES = 10_000
LARGEST_DIRECTORY = 8 * 1024 * 1024
LARGEST_INSIDE = 1024**3
HIGHEST_RATIO = 200  # text compresses to a hundredth at best
RATIO_COUNTS_FROM = 50 * 1024**2
ARCHIVES = (".zip", ".jar", ".7z", ".gz", ".rar")


def refuse_bombs(file: IO[bytes], size: int) -> None:
    """Raise `InvalidAsset` for a ZIP file that is damaged, or a trap for whoever opens it."""
    refuse_large_directory(file, size)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, struct.error) as error:
        sentence = "The file is damaged: its ZIP directory can't be read. Save it again."
        raise InvalidAsset("file", sentence) from error
    inside = sum(entry.file_size for entry in entries)
    ratio = inside / max(1, sum(entry.compress_size for entry in entries))
    nested = [one for one in entries if one.filename.lower().endswith(ARCHIVES)]
    too_much = (
        len(entries) > MOST_ENTRIES
        or inside > LARGEST_INSIDE
        or (inside > RATIO_COUNTS_FROM and ratio > HIGHEST_RATIO)
        or inside > RATIO_COUNTS_FROM > size * HIGHEST_RATIO
        or sum(one.file_size for one in nested) > LARGEST_INSIDE // 10
    )
    if too_much:
        raise InvalidAsset("file", "The file unpacks to far more than its size. Split it.")
    if any(escapes(entry.filename) for entry in entries):
        sentence = "The file holds names that lead out of their folder. Pack it again."
        raise InvalidAsset("file", sentence)


def escapes(name: str) -> bool:
    """Say whether a name in an archive leads out of the folder that it is unpacked in."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or "\0" in name or parts[0].endswith(":")


def refuse_large_directory(file: IO[bytes], size: int) -> None:
    """Raise `InvalidAsset` where the directory alone would fill memory."""
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        raise InvalidAsset("file", "The file is damaged: its ZIP directory is missing.")
    _, _, _, _, entries, directory, _, _ = struct.unpack_from("<4s4H2LH", tail, at)
    if entries > MOST_ENTRIES or directory > LARGEST_DIRECTORY:
        raise InvalidAsset("file", "The file holds too many files. Split it.")
