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
    """Return the lines for headings; with `nested` also for those of lower levels."""
    entries = []
    for row in rows:
        if row.number("level") in (TOP_LEVEL, None) or nested:
            text = row.text("text").strip()
            below = contents(row.objects("headers"), nested=True) if nested else []
            entries.append(Entry(text.removesuffix(":"), f"#{row.text('id')}", below))
    return entries
