"""Whether an uploaded file is what its name says, and nothing besides."""

from __future__ import annotations

from typing import IO

from preview.assets.sniffing import HEAD, TAIL, family_of, second_nature
from preview.assets.types import Family, FileType, type_of
from preview.assets.zips import refuse_bombs
from preview.errors import InvalidAsset


def refuse_disguised(filename: str, head: bytes) -> None:
    """Raise `InvalidAsset` where a file's first kilobyte is not what its name says."""
    family = family_of(head[:HEAD])
    if family not in type_of(filename).families:
        extension = filename.rpartition(".")[2]
        raise InvalidAsset(
            "file",
            f"The file is named .{extension}, but it holds {family.value}. "
            "Save it again in the right format, or give it the right name.",
        )


def inspect(file: IO[bytes], filename: str, size: int) -> FileType:
    """Return the type of a whole file.

    Raises:
        InvalidAsset: empty, not what its name says, two things at once, or a trap.

    """
    if size == 0:
        raise InvalidAsset("file", "The file is empty. Choose another one.")
    file.seek(0)
    head = file.read(HEAD)
    refuse_disguised(filename, head)
    family = family_of(head)
    file.seek(max(0, size - TAIL))
    other = second_nature(head, file.read(TAIL), family)
    if other is not None:
        raise InvalidAsset(
            "file", f"The file is {family.value} and {other.value} at once. Save it again."
        )
    if family is Family.ZIP:
        refuse_bombs(file, size)
    return type_of(filename)
