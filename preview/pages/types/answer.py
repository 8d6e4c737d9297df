"""Answers and help pages.

Source: alphagov/frontend `app/views/answer/show.html.erb`, `app/views/help_page/show.html.erb`.
"""

from __future__ import annotations

from typing import ClassVar

from preview.pages.registry import PageType, View, page_type


@page_type
class Answer(PageType):
    """A title and a text."""

    schemas: ClassVar[tuple[str, ...]] = ("answer", "help_page")

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show title and text; a help page says when it was last changed."""
        updated = self.item.public_updated_at if self.item.schema_name == "help_page" else None
        return View("pages/answer.html", self.item.title, {"body": self.body(), "updated": updated})
