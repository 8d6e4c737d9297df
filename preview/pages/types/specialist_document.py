"""Documents that a finder lists: reports, decisions, alerts, grants, licences and more.

Source: alphagov/frontend `app/views/{specialist_document,licence_transaction}/`, their models and
presenters.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from preview.pages.fields import Fields
from preview.pages.item import ContentItem
from preview.pages.parts.contents import Entry, contents
from preview.pages.parts.facets import Value, facts
from preview.pages.parts.figures import Picture
from preview.pages.parts.published import Published, change_history, published
from preview.pages.registry import View, page_type
from preview.pages.types.documents import Document

TOP_LEVEL = 2
LICENCE = "licence_transaction"
PROTECTED = "protected_food_drink_name"
STAMPS = {
    "protected-designation-of-origin-pdo": "pdo_alt_text",
    "protected-geographical-indication-pgi": "pgi_alt_text",
    "traditional-speciality-guaranteed-tsg": "tsg_alt_text",
}


@page_type
class SpecialistDocument(Document):
    """What such documents have in common; licences have a page of their own kind."""

    schemas = ("specialist_document",)
    emphasise = False

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the document, or how to apply for the licence."""
        if self.item.document_type == LICENCE:
            return self.licence()
        robots = "" if self.indexed else "noindex, nofollow"
        return View("pages/specialist_document.html", self.item.title, robots=robots)

    def licence(self) -> View:
        """Show how to apply: elsewhere, or at the council that a postcode leads to."""
        values = {"button": self.label("local.find_council")}
        if not self.metadata.text("licence_transaction_continuation_link"):
            what = "What is found for a postcode is not part of this preview."
            self.item.remarks.add("stubbed", what)
        return View("pages/licence.html", self.item.title, values, article=False)

    @cached_property
    def metadata(self) -> Fields:
        """What the document says of itself in the finder's terms."""
        return self.details.fields("metadata")

    @cached_property
    def finder(self) -> ContentItem | None:
        """The list that the document is in."""
        return self.item.link("finder")

    @property
    def indexed(self) -> bool:
        """Whether search engines may list the document."""
        wanted = self.finder and self.finder.details.raw.get("index_documents_in_search_engines")
        return wanted is not False

    @cached_property
    def published(self) -> Published:
        """When it was published; it was changed where more than one change is noted."""
        history = change_history(self.item)
        changed = len(history) > 1
        return replace(
            published(self.item, self.contributors, emphasise=self.emphasise),
            updated=self.item.public_updated_at if changed else None,
            history=history if changed else [],
        )

    @cached_property
    def facts(self) -> list[tuple[str, Value]]:
        """The facts in the dark box, where the finder wants one."""
        if self.finder is None or not self.finder.details.flag("show_metadata_block"):
            return []
        return [(f"{name}:", value) for name, value in facts(self.item, self.finder).items()]

    @cached_property
    def entries(self) -> list[Entry]:
        """The contents list, unless the finder wants none."""
        rows = self.details.objects("headers")
        wanted = self.finder and self.finder.details.raw.get("show_table_of_contents")
        top = any(row.number("level") == TOP_LEVEL for row in rows)
        return contents(rows, nested=True) if top and wanted is not False else []

    @property
    def stamp(self) -> Picture | None:
        """The stamp of a protected name."""
        kind = self.metadata.text("protection_type")
        if self.item.document_type != PROTECTED or kind not in STAMPS:
            return None
        folder = (
            f"{self.options.assets_path}/images/specialist-documents/protected-food-drink-names"
        )
        return Picture(f"{folder}/{kind}.png", self.label.plain(f"specialist.{STAMPS[kind]}"))

    @property
    def see_all(self) -> ContentItem | None:
        """The list that a statutory instrument leads back to."""
        return self.finder if self.item.document_type == "statutory_instrument" else None
