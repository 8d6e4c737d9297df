"""News: articles, speeches and case studies, each with a picture.

Source: alphagov/frontend `app/views/{news_article,speech,case_study}/`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.dates import day
from preview.pages.furniture.related import Destination
from preview.pages.parts.figures import Picture, default_picture, lead_picture
from preview.pages.parts.published import Published
from preview.pages.registry import page_type
from preview.pages.types.documents import Document

PLACEHOLDER = Picture(
    "https://assets.publishing.service.gov.uk/media/5e59279b86650c53b2cefbfe/placeholder.jpg", ""
)


@page_type
class NewsArticle(Document):
    """News."""

    schemas = ("news_article",)
    template = "pages/news.html"
    contributors: ClassVar[tuple[str, ...]] = ("organisations", "worldwide_organisations", "people")
    shared: ClassVar[bool] = True

    @cached_property
    def picture(self) -> Picture | None:
        """The picture at the head."""
        return lead_picture(self.item)

    @property
    def important(self) -> list[tuple[Markup | str, str]]:
        """What stands in the dark box."""
        return []


@page_type
class Speech(NewsArticle):
    """What somebody said or wrote: where, when, how."""

    schemas = ("speech",)
    contributors = ("organisations", "speaker", "people")
    shared = False

    @cached_property
    def picture(self) -> Picture | None:
        """The picture at the head; without one, the publisher's."""
        return lead_picture(self.item) or default_picture(self.item) or PLACEHOLDER

    @cached_property
    def published(self) -> Published:
        """Who published it; a speaker without a page of their own is named."""
        known = super().published
        name = self.details.text("speaker_without_profile")
        return (
            known
            if not name
            else Published(
                [*known.contributors, Destination(name, "")],
                known.first,
                known.updated,
                known.history,
            )
        )

    @property
    def important(self) -> list[tuple[Markup | str, str]]:
        """Say where and when it was given."""
        rows: list[tuple[Markup | str, str]] = []
        place, when = self.details.text("location"), self.details.moment("delivered_on")
        how = self.details.text("speech_type_explanation")
        if place:
            rows.append((self.label("speech.location"), place))
        if when:
            written = self.item.document_type == "authored_article"
            name = self.label("speech.written_on" if written else "speech.delivered_on")
            rows.append((name, day(when, self.item.locale) + (f" ({how})" if how else "")))
        return rows


@page_type
class CaseStudy(NewsArticle):
    """A story of how something went."""

    schemas = ("case_study",)
    contributors = ("organisations", "worldwide_organisations")
    shared = False

    @property
    def title(self) -> str:
        """What the browser calls the page."""
        return f"{self.item.title} - {self.label.plain('document_type.case_study')}"
