"""What surrounds an item when its page is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Lookup = Callable[[str], Mapping[str, Any] | None]


def nothing(path: str) -> None:
    """Know no other item."""


@dataclass(frozen=True)
class Options:
    """The time, whose branding, where the site and its assets stand, and how to find other items.

    On `paper` a page is laid out by its rules for print. `lookup` returns the content-store form of
    the item at a path, or None.
    """

    now: datetime
    branding: Literal["govuk", "generic"] = "generic"
    media: Literal["screen", "paper"] = "screen"
    website_root: str = "https://www.gov.uk"
    assets_path: str = "/static"
    notice: str | None = None
    lookup: Lookup = nothing
