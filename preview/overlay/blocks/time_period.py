"""Time period blocks: a range of dates, in words.

Source: alphagov/govuk_content_block_tools
`app/components/content_block_tools/time_period_component.rb`, `normalised_date_range.rb`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from preview.overlay.blocks.registry import Block, one_field, text_itself, whole

PARAGRAPH = Markup('<p class="govuk-body">{}</p>')


def day(value: Any) -> date | None:
    """Return the day of a date or time, written as a text or as {date, time}."""
    text = value.get("date") if isinstance(value, Mapping) else value
    try:
        return date.fromisoformat(text[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def full(one: date) -> str:
    """Return a day in full: 6 April 2026."""
    return f"{one.day} {one:%B %Y}"


FORMATS: dict[str, Callable[[date, date], str]] = {
    "default": lambda start, end: f"{full(start)} to {full(end)}",
    "long_form": lambda start, end: f"{full(start)} to {full(end)}",
    "months_and_years_long": lambda start, end: f"{start:%B %Y} to {end:%B %Y}",
    "start_day_and_month": lambda start, _: f"{start.day} {start:%B}",
    "start_month_as_word": lambda start, _: f"{start:%B}",
    "years": lambda start, end: f"{start.year}-{end.year}",
    "years_short": lambda start, end: f"{start.year}-{end:%y}",
}


@whole("time_period")
def time_period(block: Block) -> Markup | None:
    """Return the range in the format that is asked for."""
    value = block.field() if block.path else block.details.get("date_range")
    span = value if isinstance(value, Mapping) else {}
    start, end = day(span.get("start")), day(span.get("end"))
    make = FORMATS.get(block.format)
    if make is None:
        return None
    return PARAGRAPH.format(make(start, end)) if start and end else Markup()


@one_field("time_period")
def one_day(block: Block) -> str | None:
    """Return one end of the range as a day, any other field as it stands."""
    found = day(block.field()) if block.path[-1] in ("start", "end", "date") else None
    return full(found) if found else text_itself(block)
