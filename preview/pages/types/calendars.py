"""Calendars: bank holidays, and when the clocks change.

The items hold no dates: the live site has them in its code, here they follow from rules.
Source: alphagov/frontend `app/views/calendar/`, `app/models/calendar.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from babel.dates import format_date

from preview.pages.dates import LONDON
from preview.pages.languages import known
from preview.pages.parts.bank_holidays import RULES, Holiday, clock_changes, holidays
from preview.pages.registry import PageType, View, page_type

CLOCKS = "when-do-the-clocks-change"
UNITED_KINGDOM = "united-kingdom"
YEARS_BACK, YEARS_AHEAD = 6, 2
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Division:
    """A part of the country: the rows of its tables by year, and its next holiday."""

    key: str
    slug: str
    coming: list[tuple[int, list[Row]]] = field(default_factory=list)
    past: list[tuple[int, list[Row]]] = field(default_factory=list)
    next: tuple[str, str] | None = None


@page_type
class Calendar(PageType):
    """Bank holidays by part of the country, or the days on which clocks change."""

    schemas: ClassVar[tuple[str, ...]] = ("calendar",)

    @cached_property
    def base(self) -> str:
        """Where the calendar stands."""
        return self.item.base_path

    @property
    def of_clocks(self) -> bool:
        """Whether it is about clocks."""
        return self.base.rpartition("/")[2] == CLOCKS

    @cached_property
    def today(self) -> date:
        """The day, in London."""
        return self.options.now.astimezone(LONDON).date()

    def view(self, path: str) -> View:
        """Show the calendar; its other forms are files for programs."""
        what = "The dates follow from rules. Days that were announced for once may be missing."
        self.item.remarks.add("stubbed", what)
        part = "clocks" if self.of_clocks else "bank_holidays"
        title = self.item.title or self.label.plain(f"{part}.title")
        forms = {self.base, *(address for address, _ in self.forms)}
        return View(
            "pages/clocks.html" if self.of_clocks else "pages/bank_holidays.html",
            title,
            {"title_of": title},
            status=200 if path in forms else 404,
            name=title,
            description=self.item.description or self.label.plain(f"{part}.description"),
        )

    @cached_property
    def forms(self) -> list[tuple[str, str]]:
        """The calendar as files for programs: address and content type."""
        slugs = [UNITED_KINGDOM] if self.of_clocks else [one.slug for one in self.divisions]
        files = [(f"{self.base}.json", "application/json")]
        for slug in slugs:
            files.append((f"{self.base}/{slug}.json", "application/json"))
            files.append((f"{self.base}/{slug}.ics", "text/calendar"))
        return files

    @cached_property
    def divisions(self) -> list[Division]:
        """The parts of the country."""
        return [self.division(key) for key in RULES]

    def division(self, key: str) -> Division:
        """Return a part of the country with the holidays to come and those of the past."""
        first, last = self.today.year - YEARS_BACK, self.today.year + YEARS_AHEAD
        by_year = {year: holidays(key, year) for year in range(first, last + 1)}
        coming = {
            year: [one for one in found if one.day >= self.today] for year, found in by_year.items()
        }
        past = {
            year: [one for one in reversed(found) if one.day < self.today]
            for year, found in reversed(by_year.items())
        }
        after = next((found[0] for found in coming.values() if found), None)
        return Division(
            key,
            self.label.plain(f"bank_holidays.{key}_slug"),
            self.tables(coming),
            self.tables(past),
            (self.said(after.day), self.name(after)) if after else None,
        )

    def tables(self, years: dict[int, list[Holiday]]) -> list[tuple[int, list[Row]]]:
        """Return the rows of the years that have any."""
        return [(year, [self.row(one) for one in found]) for year, found in years.items() if found]

    def row(self, one: Holiday) -> Row:
        """Return a holiday as a table shows it: date, day of the week, name."""
        note = f" ({self.label.plain('bank_holidays.substitute').lower()})"
        weekday = format_date(one.day, "EEEE", locale=known(self.item.locale))
        return self.day_of(one.day), weekday, self.name(one) + (note if one.substitute else "")

    def name(self, one: Holiday) -> str:
        """Return a holiday's name."""
        return self.label.plain(f"bank_holiday.{one.key}")

    def said(self, day: date) -> str:
        """Return a day, or that it is today."""
        is_today = day == self.today
        return self.label.plain("bank_holidays.today") if is_today else self.day_of(day)

    def day_of(self, day: date) -> str:
        """Return a day without its year."""
        return format_date(day, "d MMMM", locale=known(self.item.locale))

    @cached_property
    def clock_rows(self) -> list[Row]:
        """The years with the days on which clocks go forward and back."""
        years = range(self.today.year, self.today.year + YEARS_AHEAD + 1)
        changes = [(year, *clock_changes(year)) for year in years]
        return [(str(year), self.day_of(on), self.day_of(back)) for year, on, back in changes]

    @property
    def next_change(self) -> tuple[str, str]:
        """Which way the clocks go next, as a label's key, and when."""
        years = (self.today.year, self.today.year + 1)
        days = [
            (day, key)
            for year in years
            for day, key in zip(clock_changes(year), ("go_forward", "go_back"), strict=True)
        ]
        day, key = next(row for row in days if row[0] >= self.today)
        return f"clocks.{key}", self.day_of(day)
