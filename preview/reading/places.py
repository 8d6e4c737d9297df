"""Where blocks stand: under which heading, and the how manieth of their kind there."""

from __future__ import annotations

import re
from collections import Counter

NOT_SLUG = re.compile(r"\W+")
LONGEST = 80


class Places:
    """Counts blocks while they come."""

    def __init__(self) -> None:
        self.slug = ""
        self.slugs: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def next(self, kind: str, text: str) -> str:
        """Return the path of the next block, such as `fees/paragraph[2]`."""
        if kind == "heading":
            slug = NOT_SLUG.sub("-", text.lower()).strip("-")[:LONGEST]
            self.slugs[slug] += 1
            self.slug = slug if self.slugs[slug] == 1 else f"{slug}-{self.slugs[slug]}"
            self.counts.clear()
        self.counts[kind] += 1
        return f"{self.slug}/{kind}[{self.counts[kind]}]"
