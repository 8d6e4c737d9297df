"""Announcements of statistics: when they will be released, or why not.

Source: alphagov/frontend `app/models/statistics_announcement.rb`, its view and presenter.
"""

from __future__ import annotations

import re
from datetime import datetime

from markupsafe import Markup

from preview.pages.dates import clock_in_full, day
from preview.pages.registry import page_type
from preview.pages.types.documents import Document

EXACT = re.compile(r"\d{1,2}\s\w+\s\d{4}\s\d{1,2}:\d{1,2}(am|pm)", re.IGNORECASE)
ONE_MONTH = re.compile(r"\w+\s\d{1,4}")
TWO_MONTHS = re.compile(r"\w+\sto\s\w+")


@page_type
class StatisticsAnnouncement(Document):
    """Statistics that will be released."""

    schemas = ("statistics_announcement",)
    template = "pages/statistics_announcement.html"

    @property
    def title(self) -> str:
        """What the browser calls the page; announcements say what kind they are."""
        kind = self.label.plain(f"document_type.{self.item.document_type}")
        return f"{self.item.title} - {kind}" if kind else self.item.title

    @property
    def cancelled(self) -> bool:
        """Whether the release was called off."""
        return self.details.text("state") == "cancelled"

    @property
    def release(self) -> str:
        """When the statistics will be released, in the words of their publisher."""
        return self.details.text("display_date")

    @property
    def important(self) -> list[tuple[Markup, str]]:
        """The dates."""
        if not self.cancelled:
            said = f"{self.release} ({self.details.text('state')})"
            return [(self.word("release_date"), said)]
        rows = [(self.word("proposed_date"), self.release)]
        at = self.details.moment("cancelled_at")
        return [*rows, (self.word("cancellation_date"), moment(at))] if at else rows

    @property
    def changed(self) -> list[tuple[Markup, str]]:
        """The date before, and why it changed."""
        if not self.details.has("previous_display_date"):
            return []
        rows = [
            (self.word("previous_date"), self.details.text("previous_display_date")),
            (self.word("reason_for_change"), self.details.text("latest_change_note")),
        ]
        return [(name, value) for name, value in rows if value]

    @property
    def forthcoming(self) -> Markup:
        """When the statistics will be released, in a sentence."""
        return self.word("forthcoming") + " " + with_preposition(self.release)

    def word(self, key: str) -> Markup:
        """Return a label of this kind of page."""
        return self.label(f"statistics_announcement.{key}")


def moment(at: datetime) -> str:
    """Return a day and a time."""
    return f"{day(at)} {clock_in_full(at)}"


def with_preposition(date: str) -> str:
    """Return a date as it stands in a sentence: on a day, in a month, between two months."""
    if EXACT.match(date):
        return f"on {date}"
    if ONE_MONTH.match(date):
        return f"in {date}"
    if TWO_MONTHS.match(date):
        return f"between {date.replace(' to ', ' and ', 1)}"
    return date
