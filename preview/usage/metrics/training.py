"""Training sessions a week: a series of its own, with a target and an owner of its own."""

from __future__ import annotations

from datetime import date

from preview.usage.metrics.registry import Metric, register
from preview.usage.metrics.weeks import Frame, by_week
from preview.usage.queries import TRAINING, sessions_by_day


def measure(frame: Frame) -> dict[date, float | None]:
    """Return training sessions by week."""
    return {**by_week(sessions_by_day(frame.span, TRAINING).items())}


register(
    Metric(
        "training",
        "Training sessions",
        "sessions",
        measure,
        "Sessions in a training window, of trainees, or in which one person submits and another "
        "publishes. Previews alone can't end them.",
    )
)
