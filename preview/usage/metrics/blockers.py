"""Blocked sessions a week: those whose kind production could not preview on that day."""

from __future__ import annotations

from datetime import date

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.substitutable import parts
from preview.usage.metrics.weeks import Frame


def measure(frame: Frame) -> dict[date, float | None]:
    """Return blocked sessions by week."""
    return {week: float(blocked) for week, (_, blocked, _) in parts(frame).items()}


register(
    Metric(
        "blocked",
        "Blocked sessions",
        "sessions",
        measure,
        "Remaining sessions whose kind production could not preview on that day.",
    )
)
