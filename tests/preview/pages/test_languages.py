"""Languages: labels, dates and names in all that GOV.UK publishes in."""

from __future__ import annotations

import string
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from preview import pages
from preview.pages import dates, labels
from preview.pages.labels import Labels
from preview.pages.languages import RIGHT_TO_LEFT, known, own_name
from tests.conftest import content_item

PUBLISHED = """
ar az be bg bn cs cy da de dr el en es-419 es et fa fi fr gd gu he hi hr hu hy id is it ja ka kk ko
ku ky lt lv ms mt ne nl no pa-pk pa pl ps pt ro ru si sk sl so sq sr sv sw ta th ti tk tr uk ur uz
vi yi zh-hk zh-tw zh
"""
LOCALES = PUBLISHED.split()
FILES = sorted(Path(labels.__file__).parent.glob("*.toml"))
OPTIONS = pages.Options(now=datetime(2026, 1, 15, 12, tzinfo=UTC))


def keys(locale: str) -> dict[str, Any]:
    path = Path(labels.__file__).with_name(f"{locale}.toml")
    tree = tomllib.loads(path.read_text("utf-8"))
    return {f"{part}.{name}": text for part, row in tree.items() for name, text in row.items()}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_welsh_has_every_label_that_english_has() -> None:
    assert keys("cy").keys() == keys("en").keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_are_those_of_english_with_no_other_places(path: Path) -> None:
    english = keys("en")
    assert path.stem in LOCALES
    for key, text in keys(path.stem).items():
        assert key in english
        assert text is False or places(text) <= places(english[key])


def test_a_label_without_translation_says_that_it_is_english() -> None:
    assert Labels("cy")("html_publication.updated", date="4 Mawrth 2026") == (
        '<span lang="en">Updated 4 Mawrth 2026</span>'
    )
    assert Labels("he")("page.email").startswith('<span lang="en" dir="ltr">')
    assert Labels("xx")("page.contents") == '<span lang="en">Contents</span>'


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_and_names_are_in_the_language(locale: str) -> None:
    when = datetime(2026, 3, 4, tzinfo=UTC)
    english = "4 March 2026"
    assert (dates.day(when, locale) == english) == (locale == "en")
    assert own_name(locale) != locale
    assert (known(locale).language == "en") == (locale == "en")


@pytest.mark.parametrize("locale", LOCALES)
def test_main_says_language_and_direction(locale: str) -> None:
    html = pages.render(content_item(locale=locale), options=OPTIONS).html
    tree = LexborHTMLParser(html)
    main = tree.css_first("main")
    assert main.attributes.get("lang") == (None if locale == "en" else locale)
    assert main.attributes.get("dir") == ("rtl" if locale in RIGHT_TO_LEFT else None)
    assert tree.css_first("html").attributes["lang"] == "en"


@pytest.mark.parametrize(
    ("moment", "day", "time"),
    [
        ("2026-03-29T00:59:00+00:00", "29 March 2026", "12:59am"),
        ("2026-03-29T01:00:00+00:00", "29 March 2026", "2am"),
        ("2026-10-25T00:59:59+00:00", "25 October 2026", "1:59am"),
        ("2026-10-25T01:00:00+00:00", "25 October 2026", "1am"),
        ("2026-06-30T23:00:00+00:00", "1 July 2026", "12am"),
        ("2026-06-30T22:59:59+00:00", "30 June 2026", "11:59pm"),
        ("2025-12-31T23:59:59+00:00", "31 December 2025", "11:59pm"),
        ("2026-07-01T12:00:00+05:30", "1 July 2026", "7:30am"),
    ],
)
def test_days_and_times_are_those_of_london(moment: str, day: str, time: str) -> None:
    when = datetime.fromisoformat(moment)
    assert (dates.day(when), dates.clock(when)) == (day, time)


def test_midnight_is_not_said_at_an_opening_and_is_the_day_before_at_a_closing() -> None:
    midnight = datetime.fromisoformat("2026-06-30T23:00:00+00:00")
    assert dates.opening(midnight) == "1 July 2026"
    assert dates.closing(midnight) == "11:59pm on 30 June 2026"
