"""Items in parts: each part is a page, the first stands at the item's own path.

Source: alphagov/frontend `app/models/concerns/parts.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.item import ContentItem
from preview.pages.parts.contents import Entry


@dataclass(frozen=True)
class Part:
    """A part: its title and path; its text is sanitised when a page shows it."""

    title: str
    path: str
    fields: Fields

    @property
    def body(self) -> Markup:
        """Return the part's text."""
        return self.fields.html("body")


class Parts:
    """The parts of an item, after `first` where the item has a page before them."""

    def __init__(self, item: ContentItem, first: Part | None = None) -> None:
        base = item.base_path
        rows = item.details.objects("parts")
        skip = 1 if first else 0
        self.print_path = f"{base}/print"
        self.all = [first] if first else []
        self.all += [
            Part(row.text("title"), f"{base}/{row.text('slug')}" if at + skip else base, row)
            for at, row in enumerate(rows)
        ]
        self.base = base

    def __len__(self) -> int:
        return len(self.all)

    def paths(self) -> list[str]:
        """Return the item's path, its parts' and /print, each once."""
        parts = [part.path for part in self.all]
        return list(dict.fromkeys([self.base, *parts, self.print_path]))

    def at(self, path: str) -> Part | None:
        """Return the part at a path; the first one where there is none."""
        found = next((part for part in self.all if part.path == path), None)
        return found or (self.all[0] if self.all else None)

    def entries(self, current: Part | None) -> list[Entry]:
        """Return the parts as a contents list; the current one is no link."""
        return [Entry(part.title, "" if part is current else part.path) for part in self.all]

    def before(self, part: Part | None) -> Part | None:
        """Return the part before another."""
        at = self.all.index(part) if part in self.all else 0
        return self.all[at - 1] if at else None

    def after(self, part: Part | None) -> Part | None:
        """Return the part after another."""
        at = self.all.index(part) + 1 if part in self.all else len(self.all)
        return self.all[at] if at < len(self.all) else None
