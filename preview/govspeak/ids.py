"""Ids of headings, made of their text. Source: kramdown `converter/base.rb`."""

from __future__ import annotations

import re

LEADING = re.compile(r"^[^a-zA-Z]+")
NOT_IN_ID = re.compile(r"[^a-zA-Z0-9 -]")


class Ids:
    """Gives headings ids made of their text, each once."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def of(self, text: str) -> str:
        """Return the id of a heading with this text."""
        found = NOT_IN_ID.sub("", LEADING.sub("", text)).replace(" ", "-").lower() or "section"
        if found in self.used:
            self.used[found] += 1
            return f"{found}-{self.used[found]}"
        self.used[found] = 0
        return found
