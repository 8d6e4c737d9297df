"""Addresses of files as content uses them, on the assets host.

Source: alphagov/asset-manager `config/routes.rb` (`/media/:id/:filename`,
`/government/uploads/*path`).
"""

from __future__ import annotations

import re
import uuid
from urllib.parse import urlsplit

from django.conf import settings

from preview.errors import InvalidAsset

NAME = r"[A-Za-z0-9_+-][A-Za-z0-9_.+-]*"
PATH = re.compile(rf"/(?:media/[A-Za-z0-9_-]+|government/uploads(?:/{NAME})*)/{NAME}")
LONGEST_PATH = 300
LONGEST_NAME = 150
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.+-]+")


def hosts() -> tuple[str, str]:
    """Return the origins of live and of draft files."""
    parts = urlsplit(settings.ASSETS_ORIGIN)
    return settings.ASSETS_ORIGIN, f"{parts.scheme}://draft-{parts.netloc}"


def path_of(address: str) -> str:
    """Return the path of a file's address: of the assets host, of its draft host, or a path.

    Raises:
        InvalidAsset: no address of a file, or one that leads elsewhere.

    """
    for origin in hosts():
        if address.startswith(f"{origin}/"):
            address = address.removeprefix(origin)
            break
    if len(address) > LONGEST_PATH or not PATH.fullmatch(address) or ".." in address:
        raise InvalidAsset(
            "url",
            "url is the address that the content uses, for example "
            f"{settings.ASSETS_ORIGIN}/media/5f1c7f0e3f0a4c39/report.pdf.",
        )
    return address


def new_path(asset_id: uuid.UUID, filename: str) -> str:
    """Return the path of a new file."""
    return f"/media/{asset_id.hex}/{filename}"


def clean_name(filename: str) -> str:
    """Return a file's name without folders, and with `_` for what does not go into an address.

    Raises:
        InvalidAsset: nothing is left of it.

    """
    base = re.split(r"[/\\]", filename)[-1]
    name = NOT_IN_NAMES.sub("_", base).lstrip(".")
    stem, dot, extension = name.rpartition(".")
    if not name.strip("_.") or len(extension) > 20:
        raise InvalidAsset("file", "Give the file a name with an extension, such as report.pdf.")
    return f"{stem[: LONGEST_NAME - len(extension)]}{dot}{extension}"
