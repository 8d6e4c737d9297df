"""The page of every schema without a page type of its own: title, description, main text."""

from __future__ import annotations

from typing import ClassVar

from preview.pages.registry import PageType, View, page_type


@page_type
class Generic(PageType):
    """Shows what every item has, and says that the real page may look different."""

    schemas: ClassVar[tuple[str, ...]] = ("generic",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show title, description and main text."""
        self.item.remarks.add(
            "generic",
            f"There is no page design for “{self.item.schema_name}” here yet: "
            "this shows its text, not its layout.",
        )
        return View("pages/generic.html", self.item.title)
