"""Working days: weekdays that are no bank holiday in England and Wales.

Source: Banking and Financial Dealings Act 1971, by `preview.pages.parts.bank_holidays`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from preview.pages.parts.bank_holidays import holidays

LONDON = ZoneInfo("Europe/London")
END_OF_DAY = time(17, 0)
DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year."""
    return frozenset(one.day for one in holidays("england_and_wales", year))


def is_working_day(day: date) -> bool:
    """Say whether people work on a day."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_from(start: date, count: int) -> date:
    """Return the day that comes `count` working days after `start`, before it where negative."""
    step, left, day = DAY if count > 0 else -DAY, abs(count), start
    while left:
        day += step
        left -= is_working_day(day)
    return day


def end_of(day: date) -> datetime:
    """Return 5pm in London on a day."""
    return datetime.combine(day, END_OF_DAY, LONDON)


def today(now: datetime) -> date:
    """Return the date in London."""
    return now.astimezone(LONDON).date()
