"""Completeness: on how many of a week's working days every source delivered."""

from __future__ import annotations

from datetime import date, timedelta

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import COMPLETE, WORKING_DAYS, Frame
from preview.usage.queries import DayState


def measure(frame: Frame) -> dict[date, float | None]:
    """Return the share of complete working days by week; of the running week, those so far."""
    found: dict[date, float | None] = {}
    for week in frame.weeks:
        days = [week + timedelta(days=n) for n in range(WORKING_DAYS)]
        past = [day for day in days if day < frame.today]
        complete = [day for day in past if frame.days.get(day, DayState.MISSING) in COMPLETE]
        found[week] = len(complete) / len(past) if past else None
    return found


register(
    Metric(
        "completeness",
        "Complete days",
        "share",
        measure,
        "Working days on which every source that counts delivered in every working hour.",
        of_logs=False,
        falling_is_good=False,
    )
)
