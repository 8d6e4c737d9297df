"""Publications, detailed guides and news: a caption, who published it when, a text, documents.

Source: alphagov/frontend `app/views/publication/`, `app/views/detailed_guide/`,
`app/views/news_article/`; labels of `config/locales/en.yml` (`formats`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from preview.pages.item import Fields
from preview.pages.registry import PageType, View, page_type

LABELS = {
    "accredited_official_statistics": "Accredited official statistics",
    "correspondence": "Correspondence",
    "corporate_report": "Corporate report",
    "decision": "Decision",
    "detailed_guide": "Guidance",
    "foi_release": "FOI release",
    "form": "Form",
    "government_response": "Government response",
    "guidance": "Guidance",
    "impact_assessment": "Impact assessment",
    "independent_report": "Independent report",
    "international_treaty": "International treaty",
    "map": "Map",
    "national_statistics": "Accredited official statistics",
    "news_story": "News story",
    "notice": "Notice",
    "official_statistics": "Official Statistics",
    "policy_paper": "Policy paper",
    "press_release": "Press release",
    "promotional": "Promotional material",
    "regulation": "Regulation",
    "research": "Research and analysis",
    "standard": "Standard",
    "statutory_guidance": "Statutory guidance",
    "transparency": "Transparency data",
    "world_news_story": "World news story",
}
TYPES = {
    "application/pdf": "PDF",
    "text/csv": "CSV",
    "application/msword": "MS Word Document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "MS Word Document",
    "application/vnd.ms-excel": "MS Excel Spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "MS Excel Spreadsheet",
}
UNITS = ("Bytes", "KB", "MB", "GB")


@dataclass(frozen=True)
class Attachment:
    """A document: title, address, and what kind of file of what size."""

    title: str
    url: str
    facts: tuple[str, ...]
    contact: str


@page_type
class Publication(PageType):
    """A text with its documents."""

    schemas: ClassVar[tuple[str, ...]] = ("publication", "detailed_guide", "news_article")

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show caption, lead, contributors and dates, notices, documents and text."""
        item = self.item
        values = {
            "caption": LABELS.get(item.document_type, ""),
            "body": self.body(),
            "contributors": self.contributors(),
            "published": item.details.moment("first_public_at") or item.first_published_at,
            "updated": self.updated(),
            "history": self.history(),
            "attachments": self.attachments() if item.schema_name == "publication" else [],
            "headers": self.headers(),
        }
        return View("pages/publication.html", item.title, values)

    def contributors(self) -> list[str]:
        """Return who published it, organisations first."""
        kinds = ("organisations", "worldwide_organisations", "people")
        return list(dict.fromkeys(name for kind in kinds for name in self.item.link_titles(kind)))

    def updated(self) -> datetime | None:
        """Return when it was last changed, where that is not when it was published."""
        first = self.item.details.moment("first_public_at") or self.item.first_published_at
        last = self.item.public_updated_at
        return last if last and last != first else None

    def history(self) -> list[tuple[datetime, str]]:
        """Return the change notes, newest first."""
        rows = self.item.details.objects("change_history")
        notes = [(row.moment("public_timestamp"), row.text("note")) for row in rows]
        dated = [(when, note) for when, note in notes if when]
        return sorted(dated, key=lambda row: row[0], reverse=True)

    def headers(self) -> list[tuple[str, str]]:
        """Return the contents list of a detailed guide: text and id of each heading."""
        if self.item.schema_name != "detailed_guide":
            return []
        rows = self.item.details.objects("headers")
        return [(row.text("text").rstrip(":"), row.text("id")) for row in rows]

    def attachments(self) -> list[Attachment]:
        """Return the featured documents, or all where none is featured."""
        details = self.item.details
        featured = details.texts("featured_attachments")
        rows = details.objects("attachments")
        shown = [row for row in rows if not featured or row.text("id") in featured]
        return [attachment(row) for row in shown if row]


def attachment(row: Fields) -> Attachment:
    """Return a document as the page shows it."""
    kind = row.text("content_type")
    pages = row.number("number_of_pages")
    facts = (
        TYPES.get(kind, "") if kind else "HTML",
        size(row.number("file_size")),
        f"{pages} page{'' if pages == 1 else 's'}" if pages else "",
    )
    url = row.text("url")
    safe = url if url.startswith(("/", "https://", "http://")) else ""
    return Attachment(
        row.text("title"),
        safe,
        tuple(fact for fact in facts if fact),
        row.text("alternative_format_contact_email"),
    )


def size(count: int | None) -> str:
    """Return a file's size as people read it, in units of 1,024."""
    if not count or count < 0:
        return ""
    value, unit = float(count), 0
    while value >= 1024 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.3g} {UNITS[unit]}"
