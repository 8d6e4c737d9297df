"""Dates are still to come where they are announced, and mean one day.

Source: GOV.UK style guide, “dates”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.reading import Block

MONTHS = "january february march april may june july august september october november december"
NUMBERS = {name: at for at, name in enumerate(MONTHS.split(), start=1)}
FIGURE = re.compile(r"\d")
DAY = rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(NUMBERS)})\s+(\d{{4}})"
HOUR = r"\d{1,2}(?:[:.]\d\d)?\s?(?:am|pm)|midnight|midday|noon|the end of|on|the"
ANNOUNCED = re.compile(
    rf"\b(?:(?:by|until|before|no later than)\s+(?:(?:{HOUR})\s+){{0,3}}"
    rf"|(?:will|closes?|closing|opens?|deadline|due|starts?)\b[^.\n]{{0,60}}?\b){DAY}",
    re.IGNORECASE,
)
NUMERIC = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:/(\d{1,2})/(?:\d{4}|\d{2})|\.(\d{1,2})\.\d{4})(?![\d/])"
)
ORDINAL = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)\s+(?:{'|'.join(NUMBERS)})\b", re.IGNORECASE)
# Words of which a text has one wherever it says such a thing.
TELLING = frozenset({"today", "tomorrow", "yesterday", "next", "this", "last", "currently"})
TELLING |= {"moment", "recently", "future"}
SOON = re.compile(
    r"\b(?:today|tomorrow|yesterday|next (?:week|month|year)|this (?:week|month|year)"
    r"|last (?:week|month|year)|currently|at the moment|recently|in the near future)\b",
    re.IGNORECASE,
)


def dated(page: Page) -> list[Block]:
    """Return the blocks with a figure in them: others have no dates."""
    return [block for block in page.english_blocks if FIGURE.search(block.text)]


@rule("date-past", "warning", "What was announced is over, or the date is wrong.")
def past(page: Page) -> Iterator[Spot]:
    """Find announced days that have passed."""
    today = page.around.now.date()
    for block in dated(page):
        for found in ANNOUNCED.finditer(block.text):
            when = day_of(*found.groups()[-3:])
            if when and when < today:
                said = found.group()
                what = f"“{said}” is in the past. Change the date, or say what happened."
                yield Spot(what, said, block.path)


def day_of(day: str, month: str, year: str) -> date | None:
    """Return a day, None where there is no such day."""
    try:
        return date(int(year), NUMBERS[month.lower()], int(day))
    except ValueError:
        return None


@rule("date-impossible", "error", "There is no such day.")
def impossible(page: Page) -> Iterator[Spot]:
    """Find days that no calendar has."""
    pattern = re.compile(rf"\b{DAY}\b", re.IGNORECASE)
    for block in dated(page):
        for found in pattern.finditer(block.text):
            if day_of(*found.groups()) is None:
                yield Spot(f"“{found.group()}” is no day. Correct it.", found.group(), block.path)


@rule("date-numeric", "warning", "5/6 is a day in June to some and in May to others.")
def numeric(page: Page) -> Iterator[Spot]:
    """Find dates in figures that could be two days."""
    for block in dated(page):
        for found in NUMERIC.finditer(block.text):
            first, second = int(found.group(1)), int(found.group(2) or found.group(3))
            if min(first, second) >= 1 and max(first, second) <= 31 and min(first, second) <= 12:
                what = f"Write “{found.group()}” with the month as a word."
                yield Spot(what, found.group(), block.path)


@rule("date-ordinal", "hint", "GOV.UK writes “3 May”, not “3rd May”.")
def ordinal(page: Page) -> Iterator[Spot]:
    """Find days with st, nd, rd or th."""
    for block in dated(page):
        for found in ORDINAL.finditer(block.text):
            what = f"Write “{found.group()}” without the letters after the number."
            yield Spot(what, found.group(), block.path)


@rule("date-relative", "hint", "The page is read on other days than it was written.")
def relative(page: Page) -> Iterator[Spot]:
    """Find words for a time that moves on."""
    for one in page.english_read:
        block = one.block
        if block.box == "quotation" or not one.vocabulary & TELLING:
            continue
        for found in SOON.finditer(block.text):
            yield Spot(f"Give a date in place of “{found.group()}”.", found.group(), block.path)
