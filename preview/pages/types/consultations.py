"""Consultations and calls for evidence: what is asked, until when, what came of it.

Source: alphagov/frontend `app/views/{consultation,call_for_evidence}/` and their presenters.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import ClassVar

from markupsafe import Markup

from preview.pages.dates import closing, is_midnight, opening
from preview.pages.parts.attachments import attachments
from preview.pages.parts.participation import Phase, WaysToRespond, phase, ways_to_respond
from preview.pages.registry import page_type
from preview.pages.types.documents import Document


@dataclass(frozen=True)
class When:
    """A time, and how the page says it."""

    at: datetime
    text: str


@dataclass(frozen=True)
class Notice:
    """What a page says of its phase: in short, and in more words with a time or without one."""

    title: Markup
    text: Markup | str = ""
    when: When | None = None


class Participation(Document):
    """What both have in common.

    outcome: how the fields about what came of it are named; analysed: whether what people said is
    published.
    """

    template = "pages/consultation.html"
    contributors = ("organisations", "people")
    emphasise = False
    has_lead = False
    outcome: ClassVar[str]
    analysed: ClassVar[bool] = False

    def word(self, key: str, **values: object) -> Markup:
        """Return a label of this kind of page."""
        return self.label(f"{self.item.schema_name}.{key}", **values)

    @cached_property
    def phase(self) -> Phase:
        """How far it is."""
        return phase(self.item)

    @cached_property
    def opens(self) -> When | None:
        """When it opens."""
        at = self.details.moment("opening_date")
        return When(at, opening(at, self.item.locale, self.label.plain("page.on"))) if at else None

    @cached_property
    def closes(self) -> When | None:
        """When it closes."""
        at = self.details.moment("closing_date")
        return When(at, closing(at, self.item.locale, self.label.plain("page.on"))) if at else None

    @property
    def notice(self) -> Notice | None:
        """What is said of a phase that is not the open one."""
        if self.phase.unopened:
            on = self.opens is not None and is_midnight(self.opens.at)
            text = self.word("opens") + " " + self.label("page.on" if on else "page.at")
            return Notice(self.word("not_open_yet"), text if self.opens else "", self.opens)
        if self.phase.concluded:
            return Notice(self.word("concluded"))
        if self.phase.closed and self.analysed:
            return Notice(self.word("analysing_feedback"), self.word("visit_soon"))
        return None

    @property
    def period(self) -> Markup:
        """What stands before the dates of the summary."""
        if self.phase.closed:
            return self.word("ran_from")
        if self.phase.open:
            return self.word("closes_at")
        return self.word("opens") + " " + self.label("page.at")

    @property
    def held_elsewhere(self) -> str:
        """The other website that it is held on."""
        return self.details.text("held_on_another_website_url")

    @cached_property
    def outcome_detail(self) -> Markup:
        """What came of it."""
        return self.details.html(f"{self.outcome}_detail")

    @cached_property
    def outcome_files(self) -> list[Markup]:
        """Files about what came of it."""
        return attachments(self.item, f"{self.outcome}_attachments")

    @cached_property
    def feedback_detail(self) -> Markup:
        """What people said."""
        return self.details.html("public_feedback_detail") if self.analysed else Markup()

    @cached_property
    def feedback_files(self) -> list[Markup]:
        """Files about what people said."""
        return attachments(self.item, "public_feedback_attachments") if self.analysed else []

    @cached_property
    def documents(self) -> list[Markup]:
        """The files."""
        return attachments(self.item, "featured_attachments")

    @cached_property
    def ways(self) -> WaysToRespond | None:
        """How to take part."""
        return ways_to_respond(self.item)


@page_type
class Consultation(Participation):
    """A department asks what people think; what they said is published too."""

    schemas = ("consultation",)
    outcome = "final_outcome"
    analysed = True


@page_type
class CallForEvidence(Participation):
    """A department asks for facts."""

    schemas = ("call_for_evidence",)
    outcome = "outcome"
