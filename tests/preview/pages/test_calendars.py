"""Calendars: the rules of bank holidays and clocks, and their pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from preview import pages
from preview.pages.parts.bank_holidays import clock_changes, easter, holidays


def days(division: str, year: int) -> dict[str, date]:
    return {one.key: one.day for one in holidays(division, year)}


def page(path: str, now: datetime, base: str = "/bank-holidays", **more: str) -> pages.Page:
    item = {"schema_name": "calendar", "document_type": "calendar", "base_path": base, **more}
    return pages.render(item, path, options=pages.Options(now=now))


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, (4, 2)), (2000, (4, 23)), (2008, (3, 23)), (2025, (4, 20)), (2038, (4, 25))],
)
def test_easter_is_where_almanacs_have_it(year: int, day: tuple[int, int]) -> None:
    assert easter(year) == date(year, *day)


def test_a_holiday_on_a_weekend_moves_to_a_day_that_is_free() -> None:
    england = days("england_and_wales", 2021)
    assert (england["christmas"], england["boxing_day"]) == (date(2021, 12, 27), date(2021, 12, 28))
    england = days("england_and_wales", 2022)
    assert (england["christmas"], england["boxing_day"]) == (date(2022, 12, 27), date(2022, 12, 26))
    scotland = days("scotland", 2017)
    assert (scotland["2nd_january"], scotland["new_year"]) == (date(2017, 1, 2), date(2017, 1, 3))
    moved = {one.key for one in holidays("scotland", 2017) if one.substitute}
    assert moved == {"new_year"}


def test_each_part_of_the_country_has_holidays_of_its_own() -> None:
    assert "easter_monday" not in days("scotland", 2026)
    assert days("scotland", 2026)["summer"] == date(2026, 8, 3)
    assert days("england_and_wales", 2026)["late_august"] == date(2026, 8, 31)
    assert days("northern_ireland", 2026)["battle_boyne"] == date(2026, 7, 13)


def test_days_that_were_announced_once_are_kept() -> None:
    assert days("scotland", 2020)["early_may_ve"] == date(2020, 5, 8)
    assert days("england_and_wales", 2022)["spring"] == date(2022, 6, 2)
    assert "queens_funeral" in days("northern_ireland", 2022)


def test_clocks_change_on_the_last_sundays_of_march_and_october() -> None:
    assert clock_changes(2026) == (date(2026, 3, 29), date(2026, 10, 25))


def test_the_next_holiday_may_be_today() -> None:
    html = page("/bank-holidays", datetime(2026, 12, 25, 9, tzinfo=UTC)).html
    assert html.count('<p class="govuk-panel__title">today</p>') == 3
    html = page("/bank-holidays", datetime(2026, 12, 29, tzinfo=UTC)).html
    assert html.count('<p class="govuk-panel__title">1 January</p>') == 3


def test_a_calendar_speaks_welsh() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    html = page("/gwyliau-banc", now, base="/gwyliau-banc", locale="cy").html
    assert "Gwyliau banc y DU - GOV.UK" in html
    assert 'href="/gwyliau-banc/cymru-a-lloegr.ics"' in html
    assert "Dydd Nadolig" in html


def test_a_part_of_the_country_that_is_not_there_has_no_file() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    assert page("/bank-holidays/scotland.ics", now).status == 200
    assert page("/bank-holidays/atlantis.ics", now).status == 404


def test_the_page_about_clocks_says_which_way_they_go_next() -> None:
    base = "/when-do-the-clocks-change"
    html = page(base, datetime(2026, 3, 30, tzinfo=UTC), base=base).html
    assert html.index("The clocks go back") < html.index("25 October")
    html = page(base, datetime(2026, 10, 26, tzinfo=UTC), base=base).html
    assert html.index("The clocks go forward") < html.index("28 March")
