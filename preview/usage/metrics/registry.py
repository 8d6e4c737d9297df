"""The metrics by name: what each is called, how it is measured, and what a missing value means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from preview.usage.metrics.weeks import Frame, Known, Point

Measure = Callable[[Frame], Mapping[date, float | None]]


@dataclass(frozen=True)
class Metric:
    """A metric by week.

    `unit` is `sessions`, `people`, `organisations`, `share` (0 to 1) or another noun. A count that
    a known week does not name is 0; a share is unknown there. `of_logs` is false for what does not
    rest on logs, which is known also where they are missing.
    """

    name: str
    title: str
    unit: str
    measure: Measure
    definition: str
    of_logs: bool = True
    falling_is_good: bool = True

    @property
    def is_share(self) -> bool:
        """Say whether values are shares of 1."""
        return self.unit == "share"


METRICS: dict[str, Metric] = {}


def register(metric: Metric) -> Metric:
    """Add a metric; its name must be new."""
    if metric.name in METRICS:
        raise ValueError(f"Two metrics are called {metric.name}.")
    METRICS[metric.name] = metric
    return metric


def points(metric: Metric, frame: Frame) -> list[Point]:
    """Return a metric's values: None where nobody knows, never 0 instead."""
    values = metric.measure(frame)
    return [point(metric, frame, week, values) for week in frame.weeks]


def point(metric: Metric, frame: Frame, week: date, values: Mapping[date, float | None]) -> Point:
    """Return the value of a week."""
    state = frame.state(week) if metric.of_logs else Known.KNOWN
    if state is Known.MISSING:
        return Point(week, None, state)
    return Point(week, values.get(week, None if metric.is_share else 0.0), state)
