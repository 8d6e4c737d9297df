"""Guides: parts, each at a path of its own, and all of them for printing.

Source: alphagov/frontend `app/views/guide/`, `app/models/guide.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from preview.pages.item import Fields
from preview.pages.registry import PageType, View, page_type


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


@page_type
class Guide(PageType):
    """One page a part, and /print."""

    schemas: ClassVar[tuple[str, ...]] = ("guide",)

    def parts(self) -> list[Part]:
        """Return the parts; the first one stands at the guide's own path."""
        base = self.item.base_path
        return [
            Part(row.text("title"), f"{base}/{row.text('slug')}" if at else base, row)
            for at, row in enumerate(self.item.details.objects("parts"))
        ]

    def paths(self) -> list[str]:
        """Return the guide's path, its parts' and /print, each once."""
        base = self.item.base_path
        return list(dict.fromkeys([base, *(part.path for part in self.parts()), f"{base}/print"]))

    def view(self, path: str) -> View:
        """Show the part at `path`, or all parts."""
        parts, title = self.parts(), self.item.title
        if path == f"{self.item.base_path}/print":
            name = f"{title} - print"
            return View("pages/guide_print.html", name, {"parts": parts})
        at = next((at for at, part in enumerate(parts) if part.path == path), 0)
        part = parts[at] if parts else None
        values: dict[str, Any] = {
            "parts": parts,
            "part": part,
            "previous": parts[at - 1] if at else None,
            "following": parts[at + 1] if at + 1 < len(parts) else None,
            "print_path": f"{self.item.base_path}/print",
        }
        return View("pages/guide.html", f"{title}: {part.title}" if part else title, values)
