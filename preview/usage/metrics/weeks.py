"""Weeks from Monday to Sunday, in London, and how well each is known.

A week is `known` where every working day's sources delivered, `missing` where none did, and
`partial` in between: then a count says "at least". A week that is not over is partial too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from preview.usage.programme.capabilities import Capabilities
from preview.usage.queries import DayState, Span
from preview.usage.ruleset import Rules

WORKING_DAYS = 5
COMPLETE = (DayState.USED, DayState.PROVED)


class Known(StrEnum):
    """How well a week is known."""

    KNOWN = "known"
    PARTIAL = "partial"
    MISSING = "missing"


@dataclass(frozen=True)
class Point:
    """A metric's value in a week; None where nobody knows."""

    week: date
    value: float | None
    state: Known


@dataclass(frozen=True)
class Frame:
    """What metrics are measured in: weeks up to `today`, and what is known of their days."""

    today: date
    count: int
    days: Mapping[date, DayState]
    rules: Rules
    capabilities: Capabilities

    @cached_property
    def weeks(self) -> list[date]:
        """Return the Mondays, the oldest first; the last week holds today."""
        last = monday(self.today)
        return [last - timedelta(weeks=n) for n in reversed(range(self.count))]

    @property
    def span(self) -> Span:
        """Return all days of the frame."""
        return Span(self.weeks[0], self.today)

    def state(self, week: date) -> Known:
        """Return how well a week is known, by its working days."""
        working = [week + timedelta(days=n) for n in range(WORKING_DAYS)]
        states = [self.days.get(day, DayState.MISSING) for day in working if day <= self.today]
        if all(state == DayState.MISSING for state in states):
            return Known.MISSING
        if week == monday(self.today) or not all(state in COMPLETE for state in states):
            return Known.PARTIAL
        return Known.KNOWN


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def by_week(rows: Iterable[tuple[date, int]]) -> dict[date, float]:
    """Add up numbers by week."""
    found: dict[date, float] = {}
    for day, number in rows:
        found[monday(day)] = found.get(monday(day), 0.0) + number
    return found
