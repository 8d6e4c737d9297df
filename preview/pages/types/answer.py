"""Answers and help pages.

Source: alphagov/frontend `app/views/answer/show.html.erb`, `app/views/help_page/show.html.erb`.
"""

from __future__ import annotations

from typing import ClassVar

from preview.pages.furniture.breadcrumbs import HOME
from preview.pages.parts.published import Published
from preview.pages.registry import PageType, View, page_type


@page_type
class Answer(PageType):
    """A title and a text."""

    schemas: ClassVar[tuple[str, ...]] = ("answer",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show title and text."""
        return View("pages/answer.html", self.item.title)

    published = Published()


@page_type
class HelpPage(PageType):
    """A page about the site itself: it says when it was last changed."""

    schemas: ClassVar[tuple[str, ...]] = ("help_page",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show title, text and the day of the last change."""
        return View("pages/help_page.html", self.item.title, crumbs=[HOME], description="")

    @property
    def published(self) -> Published:
        """When the page was last changed."""
        return Published(updated=self.item.public_updated_at)
