"""Bank holidays of the United Kingdom, by rule, with those that were announced once.

Source: Banking and Financial Dealings Act 1971, schedule 1; alphagov/frontend
`lib/data/bank-holidays.json`, for names and for days that were moved or added; J. Meeus,
Astronomical Algorithms, chapter 8, for Easter.
"""

from __future__ import annotations

from calendar import FRIDAY, MONDAY, SATURDAY, SUNDAY
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

Rule = Callable[[int], date]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holiday:
    """A holiday: when, the key of its name, whether it stands for a day of a weekend."""

    day: date
    key: str
    substitute: bool = False


def on(month: int, day: int) -> Rule:
    """Return the rule of a holiday that is always on one date."""
    return lambda year: date(year, month, day)


def first_monday(month: int) -> Rule:
    """Return the rule of the first Monday of a month."""
    return lambda year: next_weekday(date(year, month, 1), MONDAY)


def last(month: int, weekday: int) -> Rule:
    """Return the rule of the last such weekday of a month with 31 days."""
    return lambda year: next_weekday(date(year, month, 25), weekday)


def next_weekday(start: date, weekday: int) -> date:
    """Return the first such weekday from a day on."""
    return start + (weekday - start.weekday()) % 7 * DAY


def easter(year: int) -> date:
    """Return Easter Sunday, of the Gregorian calendar."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leaps, since_leap = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    weekday = (32 + 2 * since_leap + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def good_friday(year: int) -> date:
    """Return the Friday before Easter."""
    return easter(year) + (FRIDAY - SUNDAY) * DAY


def easter_monday(year: int) -> date:
    """Return the day after Easter."""
    return easter(year) + DAY


DATED = {"new_year": on(1, 1), "christmas": on(12, 25), "boxing_day": on(12, 26)}
MAY = {"early_may": first_monday(5), "spring": last(5, MONDAY)}
AUTUMN = {"late_august": last(8, MONDAY)}
EASTER: dict[str, Rule] = {"good_friday": good_friday, "easter_monday": easter_monday}
RULES: dict[str, dict[str, Rule]] = {
    "england_and_wales": DATED | EASTER | MAY | AUTUMN,
    "scotland": DATED
    | {"2nd_january": on(1, 2), "good_friday": good_friday, "summer": first_monday(8)}
    | {"st_andrew": on(11, 30)}
    | MAY,
    "northern_ireland": DATED
    | {"st_patrick": on(3, 17), "battle_boyne": on(7, 12)}
    | EASTER
    | MAY
    | AUTUMN,
}
MOVED = {(2020, "early_may"): date(2020, 5, 8), (2022, "spring"): date(2022, 6, 2)}
RENAMED = {(2020, "early_may"): "early_may_ve"}
ADDED = (
    Holiday(date(2022, 6, 3), "queen_platinum"),
    Holiday(date(2022, 9, 19), "queens_funeral"),
    Holiday(date(2023, 5, 8), "kings_coronation"),
)


def holidays(division: str, year: int) -> list[Holiday]:
    """Return a division's bank holidays of a year, in order.

    One on a weekend is moved to the next day that is neither of a weekend nor a holiday itself.
    """
    days = {key: MOVED.get((year, key), rule(year)) for key, rule in RULES[division].items()}
    found = [
        Holiday(day, RENAMED.get((year, key), key))
        for key, day in days.items()
        if day.weekday() < SATURDAY
    ]
    found += [one for one in ADDED if one.day.year == year]
    for key, day in sorted(days.items(), key=lambda row: row[1]):
        if day.weekday() >= SATURDAY:
            found.append(Holiday(free_day(day, {one.day for one in found}), key, substitute=True))
    return sorted(found, key=lambda one: one.day)


def free_day(day: date, taken: set[date]) -> date:
    """Return the first day from another on that is neither of a weekend nor taken."""
    while day.weekday() >= SATURDAY or day in taken:
        day += DAY
    return day


def clock_changes(year: int) -> tuple[date, date]:
    """Return when the clocks go forward and when they go back."""
    return last(3, SUNDAY)(year), last(10, SUNDAY)(year)
