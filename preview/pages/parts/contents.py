"""The contents list of a page, out of the headings of its text.

Source: alphagov/frontend `app/models/concerns/headers.rb`, `contents_list` of
alphagov/govuk_publishing_components.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from preview.pages.fields import Fields

TOP_LEVEL = 2


@dataclass(frozen=True)
class Entry:
    """A line of a contents list, with the lines below it."""

    text: str
    href: str
    below: list[Entry] = field(default_factory=list)


def contents(rows: list[Fields], *, nested: bool = False) -> list[Entry]:
    """Return the lines for headings; with `nested` of any level, and those right below each."""
    return [
        entry(row, [entry(one) for one in row.objects("headers")] if nested else [])
        for row in rows
        if nested or row.number("level") in (TOP_LEVEL, None)
    ]


def entry(row: Fields, below: list[Entry] | None = None) -> Entry:
    """Return the line for a heading."""
    text = row.text("text").strip().removesuffix(":")
    return Entry(text, f"#{row.text('id')}", below or [])
