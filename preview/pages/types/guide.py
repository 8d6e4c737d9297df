"""Guides: parts, each at a path of its own, and all of them for printing.

Source: alphagov/frontend `app/views/guide/`, `app/models/guide.rb`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.parts.in_parts import Parts
from preview.pages.registry import PageType, View, page_type


@page_type
class Guide(PageType):
    """One page a part, and /print."""

    schemas: ClassVar[tuple[str, ...]] = ("guide",)

    @cached_property
    def parts(self) -> Parts:
        """The parts."""
        return Parts(self.item)

    def paths(self) -> list[str]:
        """Return the guide's path, its parts' and /print, each once."""
        return self.parts.paths()

    def view(self, path: str) -> View:
        """Show the part at `path`, or all parts."""
        title = self.item.title
        if path == self.parts.print_path:
            return View(
                "pages/guide_print.html",
                f"Print {title}",
                {"parts": self.parts},
                description="",
                article=False,
                robots="noindex, nofollow",
            )
        part = self.parts.at(path)
        hidden = self.details.flag("hide_chapter_navigation")
        values = {
            "parts": self.parts,
            "part": part,
            "chapters": hidden and bool(self.item.links("part_of_step_navs")),
        }
        return View("pages/guide.html", f"{title}: {part.title}" if part else title, values)
