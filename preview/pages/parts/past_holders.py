"""Past chancellors and foreign secretaries, whom no item names: the live site has their lists.

Source: alphagov/collections `config/past_{chancellors,foreign_secretaries}/content_item.yml`, for
who is listed; names are spelt as history has them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HISTORY = "/government/history"


@dataclass(frozen=True)
class Holder:
    """Somebody who held an office: name, terms (the latest first), address of their page or ""."""

    name: str
    terms: tuple[str, ...]
    path: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """The terms from the first to the last, as a profile has them."""
        *before, last = reversed(self.terms)
        return (*before, f"and {last}" if before else last)


@cache
def past_holders(path: str) -> dict[str, tuple[Holder, ...]]:
    """Return the holders by century, for the address of a list; empty for any other address."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    found = rows.get(path.removeprefix(f"{HISTORY}/"), {})
    pages = {name: f"{path}/{slug}" for name, slug in found.get("pages", {}).items()}
    return {
        century: tuple(
            Holder(name, tuple(terms), pages.get(name, "")) for name, terms in people.items()
        )
        for century, people in found.get("centuries", {}).items()
    }


def profiles(path: str) -> tuple[Holder, ...]:
    """Return those of a list who have a page."""
    return tuple(one for people in past_holders(path).values() for one in people if one.path)
