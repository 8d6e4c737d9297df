"""Cards: a picture with a linked title and what is said of it.

Source: `image_card` of alphagov/govuk_publishing_components; alphagov/collections
`app/presenters/organisations/documents_presenter.rb`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.furniture.related import Destination
from preview.pages.labels import Labels
from preview.pages.sanitise import sanitised


@dataclass(frozen=True)
class Card:
    """A card; every part of it may be missing.

    `context` stands above the title, after the day; `note` is the last line.
    """

    text: str = ""
    href: str = ""
    src: str = ""
    alt: str = ""
    day: datetime | None = None
    context: str = ""
    description: Markup | str = ""
    links: list[Destination] = field(default_factory=list)
    note: str = ""


def featured(rows: list[Fields], label: Labels) -> list[Card]:
    """Return the documents that an organisation or place features."""
    return [
        Card(
            text=row.text("title"),
            href=row.text("href"),
            src=row.fields("image").text("url"),
            alt=row.fields("image").text("alt_text"),
            day=row.moment("public_updated_at"),
            context=kind_of(row.text("document_type"), label),
            description=row.html("summary"),
        )
        for row in rows
        if row
    ]


def kind_of(name: str, label: Labels) -> str:
    """Return a document type that is named in English as the page's language has it."""
    key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return label.plain(f"document_type.{key}") or name


def promotional(row: Fields) -> list[Card]:
    """Return what an organisation promotes under one heading."""
    return [
        Card(
            text=item.text("title"),
            href=item.text("href"),
            src=item.fields("image").text("url"),
            alt=item.fields("image").text("alt_text"),
            description=sanitised(item.text("summary").replace("\r\n", "<br>")),
            links=[
                Destination(link.text("title"), link.text("href")) for link in item.objects("links")
            ],
        )
        for item in row.objects("items")
        if item
    ]
