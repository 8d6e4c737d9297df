"""What stands where a page was: gone and redirected pages.

Source: alphagov/frontend `app/views/gone/show.html.erb`; alphagov/router for redirects.
"""

from __future__ import annotations

from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.registry import PageType, View, page_type


@page_type
class Gone(PageType):
    """A page that was taken away."""

    schemas: ClassVar[tuple[str, ...]] = ("gone",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show why, and where to go instead."""
        values = {
            "explanation": self.item.details.html("explanation"),
            "alternative": self.item.details.text("alternative_path"),
        }
        title = "The page you're looking for is no longer available"
        return View("pages/gone.html", title, values, status=410)


@page_type
class Redirect(PageType):
    """An address that will lead elsewhere; the live site shows no page for it."""

    schemas: ClassVar[tuple[str, ...]] = ("redirect",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the rules, since there is no page to show."""
        rules = Fields(self.item.raw, "", self.item.remarks).objects("redirects")
        rows = [(row.text("path"), row.text("destination"), row.text("type")) for row in rules]
        return View("pages/redirect.html", f"Redirect from {self.item.base_path}", {"rules": rows})
