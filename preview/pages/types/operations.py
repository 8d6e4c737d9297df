"""Fatality notices, and the operations of the armed forces that they belong to.

Source: alphagov/frontend `app/views/{fatality_notice,field_of_operation,fields_of_operation}/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.furniture.breadcrumbs import HOME
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.parts.contents import Entry
from preview.pages.parts.figures import Picture
from preview.pages.registry import PageType, View, page_type
from preview.pages.sanitise import sanitised
from preview.pages.types.documents import Document

CREST = "/images/ministry-of-defence-crest.png"


@page_type
class FatalityNotice(Document):
    """The death of somebody who served."""

    schemas = ("fatality_notice",)
    template = "pages/fatality_notice.html"
    contributors: ClassVar[tuple[str, ...]] = ("organisations", "people")

    @property
    def title(self) -> str:
        """What the browser calls the page."""
        return f"{self.item.title} - {self.label.plain('document_type.fatality_notice')}"

    @cached_property
    def field(self) -> ContentItem | None:
        """Where it happened."""
        return self.item.link("field_of_operation")

    @cached_property
    def caption(self) -> Markup | str:
        """In which operations."""
        return self.label("operations.in", field=self.field.title) if self.field else ""

    @property
    def important(self) -> list[tuple[Markup | str, Destination]]:
        """What stands in the dark box."""
        if self.field is None:
            return []
        name = self.label("operations.field_named")
        return [(name, Destination(self.field.title, self.field.base_path))]

    @property
    def crest(self) -> Picture:
        """The mark of the armed forces."""
        return Picture(self.options.website_root + CREST, self.label.plain("operations.crest"))


@dataclass(frozen=True)
class Roll:
    """A notice in a list: what introduces it, and the links to it."""

    introduction: str
    links: list[Destination]


@page_type
class FieldOfOperation(PageType):
    """Who died in one operation."""

    schemas: ClassVar[tuple[str, ...]] = ("field_of_operation",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the notices."""
        return View("pages/field_of_operation.html", self.item.title, crumbs=[HOME])

    @cached_property
    def introduction(self) -> Markup:
        """What the operation was; it may be rich text, or elements around nothing."""
        text = sanitised(self.item.description)
        return text if text.striptags() else Markup()

    @cached_property
    def rolls(self) -> list[Roll]:
        """The notices; one for several people leads there by each name."""
        return [roll(one) for one in self.item.links("fatality_notices")]

    @cached_property
    def entries(self) -> list[Entry]:
        """The contents list."""
        parts = {
            "field-of-operation": ("operations.field", self.introduction),
            "fatalities": ("operations.fatalities", self.rolls),
        }
        return [
            Entry(self.label.plain(key), f"#{name}")
            for name, (key, there) in parts.items()
            if there
        ]


def roll(notice: ContentItem) -> Roll:
    """Return a notice as the list shows it."""
    names = notice.details.texts("casualties") or [notice.title]
    links = [Destination(name, notice.base_path) for name in names]
    return Roll(notice.details.text("roll_call_introduction"), links)


@page_type
class FieldsOfOperation(PageType):
    """The list of operations."""

    schemas: ClassVar[tuple[str, ...]] = ("fields_of_operation",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the operations."""
        template = "pages/fields_of_operation.html"
        return View(template, self.item.title, crumbs=[HOME], article=False)
