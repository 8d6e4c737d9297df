"""What changed in a manual: by year and day, the newest first, each section once a day.

Source: alphagov/frontend `app/presenters/manual_updates_presenter.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from preview.pages.dates import in_london
from preview.pages.fields import Fields
from preview.pages.parts.participation import lines


@dataclass(frozen=True)
class Changed:
    """A section that changed: title, address, notes."""

    title: str
    href: str
    notes: list[Markup]


@dataclass(frozen=True)
class Day:
    """A day on which something changed."""

    at: datetime
    sections: list[Changed]


def by_year(rows: list[Fields]) -> list[tuple[int, list[Day]]]:
    """Return the days on which something changed, by year."""
    days: dict[date, list[tuple[datetime, Fields]]] = {}
    for row in rows:
        at = row.moment("published_at")
        if at:
            days.setdefault(in_london(at).date(), []).append((at, row))
    years: dict[int, list[Day]] = {}
    for when in sorted(days, reverse=True):
        notes = days[when]
        day = Day(notes[0][0], changed([row for _, row in notes]))
        years.setdefault(when.year, []).append(day)
    return list(years.items())


def changed(rows: list[Fields]) -> list[Changed]:
    """Return the sections that changed, in the order they are noted in, by their last title."""
    by_path: dict[str, list[Fields]] = {}
    for row in rows:
        by_path.setdefault(row.text("base_path"), []).append(row)
    return [
        Changed(noted[-1].text("title"), path, [lines(row.text("change_note")) for row in noted])
        for path, noted in by_path.items()
    ]
