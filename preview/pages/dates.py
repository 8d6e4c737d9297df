"""Days and times as pages say them: in London, in the page's language.

Source: alphagov/frontend `app/helpers/`, `config/locales/`; words of Unicode CLDR.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date

from preview.pages.languages import known

LONDON = ZoneInfo("Europe/London")
LAST_SUMMER = 2126


def in_london(when: datetime) -> datetime:
    """Return a time as London counts it; the live site knows no summer time a century ahead."""
    local = when.astimezone(LONDON)
    return local if local.year <= LAST_SUMMER else when.astimezone(UTC)


def day(when: datetime, locale: str = "en") -> str:
    """Return the day: 4 March 2026."""
    return format_date(in_london(when), "d MMMM yyyy", locale=known(locale))


def clock(when: datetime) -> str:
    """Return the time of day: 9:30am, 5pm, midday."""
    local = in_london(when)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    return clock_in_full(when).replace(":00", "")


def clock_in_full(when: datetime) -> str:
    """Return the time of day in hours and minutes: 9:30am, 5:00pm."""
    local = in_london(when)
    return f"{local.hour % 12 or 12}:{local.minute:02}{'am' if local.hour < 12 else 'pm'}"


def opening(when: datetime, locale: str = "en", on: str = "on") -> str:
    """Return when something opens; midnight is not said."""
    if is_midnight(when):
        return day(when, locale)
    return f"{clock(when)} {on} {day(when, locale)}"


def closing(when: datetime, locale: str = "en", on: str = "on") -> str:
    """Return when something closes; midnight is the last minute of the day before."""
    return opening(when - timedelta(seconds=1) if is_midnight(when) else when, locale, on)


def is_midnight(when: datetime) -> bool:
    """Return whether a time is in the first minute of a day in London."""
    local = in_london(when)
    return (local.hour, local.minute) == (0, 0)


def machine(when: datetime) -> str:
    """Return the time for machines, as London counts it."""
    return in_london(when).isoformat()
