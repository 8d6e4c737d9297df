"""Who reviews: a signed-in person, or somebody with a share link."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category

from preview.errors import InvalidReview

LONGEST_NAME = 120


@dataclass(frozen=True)
class Reviewer:
    """Somebody who comments or signs off.

    `actor` is as in the audit trail (`person:…`, `recipient:…`, `guest:…`), `name` what the others
    read. `staff` is False for guests, who see nothing that is marked as for staff only.
    """

    actor: str
    name: str
    staff: bool = False


def checked_name(text: str) -> str:
    """Return a name as it is shown, on one line.

    Raises:
        InvalidReview: it is empty or too long.

    """
    name = " ".join(text.replace("\0", "").split())
    if not name:
        raise InvalidReview("name", "Enter your name")
    if len(name) > LONGEST_NAME:
        raise InvalidReview("name", f"Your name must be {LONGEST_NAME} characters or fewer")
    return name


def checked_text(field: str, text: str, noun: str, most: int = 10_000, *, empty: str = "") -> str:
    """Return what somebody wrote, as it is kept: line ends alike, no control characters.

    Everything else stays, emoji and marks of right-to-left writing included; templates escape it.
    `empty` is the sentence for a text without words, where it needs some.

    Raises:
        InvalidReview: nothing is written where something is needed, or more than `most` characters.

    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in lines if sign in "\n\t" or category(sign) != "Cc").strip()
    if empty and not kept:
        raise InvalidReview(field, empty)
    if len(kept) > most:
        raise InvalidReview(
            field, f"{noun} must be {most:,} characters or fewer. It has {len(kept):,} now."
        )
    return kept
