"""Documents of departments: a caption, who published it when, a text, what to do with it.

Source: alphagov/frontend `app/views/{publication,detailed_guide,statistical_data_set}/`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.parts.attachments import attachments
from preview.pages.parts.contents import Entry, contents
from preview.pages.parts.figures import Picture
from preview.pages.parts.nations import Nations, nations
from preview.pages.parts.published import ORGANISATIONS, Published, published
from preview.pages.registry import PageType, View, page_type

ACCREDITED = frozenset({"national_statistics", "national_statistics_announcement", "national"})
ACCREDITATION = "Accredited official statistics"
STRUCTURAL_FUNDS = "European structural investment funds"
BADGES = {
    "en": "accredited-official-statistics-en.png",
    "cy": "accredited-official-statistics-cy.png",
}


class Document(PageType):
    """What documents have in common. Subclasses say which links contribute, and the template."""

    template: ClassVar[str] = "pages/detailed_guide.html"
    contributors: ClassVar[tuple[str, ...]] = ORGANISATIONS
    emphasise: ClassVar[bool] = True
    has_lead: ClassVar[bool] = True

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the document."""
        return View(self.template, self.title)

    @property
    def title(self) -> str:
        """What the browser calls the page."""
        return self.item.title

    @cached_property
    def caption(self) -> Markup | str:
        """What kind of document it is."""
        return self.kind_of(self.item.document_type)

    def kind_of(self, document_type: str) -> Markup | str:
        """Return a document type's label, "" for one that has none."""
        key = f"document_type.{document_type}"
        return self.label(key) if self.label.has(key) else ""

    @cached_property
    def notice_kind(self) -> str:
        """What the document is called where it was withdrawn, in English."""
        return self.label.english_only(f"document_type.{self.item.schema_name}") or (
            self.item.schema_name.replace("_", " ")
        )

    @cached_property
    def published(self) -> Published:
        """Who published it, and when."""
        return published(self.item, self.contributors, emphasise=self.emphasise)

    @property
    def logo(self) -> Picture | None:
        """What stands beside who published it: the mark of statistics that were accredited."""
        accredited = self.item.document_type in ACCREDITED
        badge = BADGES.get(self.item.locale) if accredited else None
        return (
            Picture(f"{self.options.assets_path}/images/{badge}", ACCREDITATION) if badge else None
        )

    @cached_property
    def nations(self) -> Nations | None:
        """Where in the United Kingdom it applies."""
        return nations(self.item, self.label)

    @cached_property
    def entries(self) -> list[Entry]:
        """The contents list."""
        return contents(self.details.objects("headers"))


@page_type
class Publication(Document):
    """Files, and a text about them."""

    schemas = ("publication",)
    template = "pages/publication.html"
    contributors = ("organisations", "people")

    @cached_property
    def documents(self) -> list[Markup]:
        """The files."""
        return attachments(self.item, "featured_attachments")


@page_type
class DetailedGuide(Document):
    """Guidance for people who know the subject."""

    schemas = ("detailed_guide",)

    @property
    def logo(self) -> Picture | None:
        """The logo of what the guidance is about."""
        src = self.details.fields("image").text("url")
        return Picture(src, STRUCTURAL_FUNDS) if src else None


@page_type
class StatisticalDataSet(Document):
    """Tables of figures."""

    schemas = ("statistical_data_set",)
    template = "pages/statistical_data_set.html"
