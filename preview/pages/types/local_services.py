"""Pages that ask for a postcode: services of councils, places.

What is found for a postcode comes from other systems and is not part of a preview.
Source: alphagov/frontend `app/views/{local_transaction,place}/`.
"""

from __future__ import annotations

from typing import ClassVar

from markupsafe import Markup

from preview.pages.registry import PageType, View, page_type

NAMED_BUTTONS = frozenset({"Find a register office", "Darganfod swyddfa gofrestru"})


@page_type
class LocalTransaction(PageType):
    """A service that every council offers."""

    schemas: ClassVar[tuple[str, ...]] = ("local_transaction",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show what the service is, and the form."""
        wanted = self.details.text("cta_text")
        values = {
            "button": wanted or self.label("local.find_council"),
            "below": [
                (self.label("local.need_to_know"), self.details.html("need_to_know")),
                (Markup(), self.details.html("more_information")),
            ],
        }
        self.item.remarks.add(
            "stubbed", "What is found for a postcode is not part of this preview."
        )
        return View("pages/local_service.html", self.item.title, values)


@page_type
class Place(PageType):
    """Places near the reader."""

    schemas: ClassVar[tuple[str, ...]] = ("place",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show what can be found, and the form."""
        title = self.item.title
        heading = self.label("local.further_information")
        texts = [self.details.html(name) for name in ("need_to_know", "more_information")]
        values = {
            "button": title if title in NAMED_BUTTONS else self.label("local.find_results"),
            "below": [(heading, Markup().join(text for text in texts if text))],
        }
        self.item.remarks.add(
            "stubbed", "What is found for a postcode is not part of this preview."
        )
        return View("pages/local_service.html", title, values)
