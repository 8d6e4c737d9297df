"""The figures as others may have them: with nobody's name, and a few people not counted exactly."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from preview.usage.metrics.registry import METRICS
from preview.usage.programme.choosing import parents
from preview.usage.programme.figures import UsageMetricWeek, UsageStanding
from preview.usage.programme.standings import today_in_london

WEEKS = 104


def few(count: int) -> str:
    """Return a count of people that names nobody."""
    return "1 to 4" if 0 < count < 5 else str(count)


def weeks() -> list[UsageMetricWeek]:
    """Return two years of weeks."""
    since = today_in_london() - timedelta(weeks=WEEKS)
    found = UsageMetricWeek.objects.filter(week__gte=since, metric__in=METRICS)
    return list(found.order_by("metric", "week"))


def value_of(row: UsageMetricWeek) -> float | str | None:
    """Return a week's value; None where it is not known."""
    if METRICS[row.metric].unit == "people" and row.value is not None:
        return few(int(row.value))
    return row.value


def metrics_told() -> list[dict[str, Any]]:
    """Return every metric with its definition and its weeks."""
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in METRICS}
    for row in weeks():
        week = {"week": row.week.isoformat(), "value": value_of(row), "state": row.state}
        found[row.metric].append(week)
    return [
        {
            "name": name,
            "title": metric.title,
            "unit": metric.unit,
            "definition": metric.definition,
            "weeks": found[name],
        }
        for name, metric in sorted(METRICS.items())
    ]


def organisations_told(rows: Iterable[UsageStanding]) -> list[dict[str, Any]]:
    """Return how each organisation stands."""
    above = parents()
    return [
        {
            "organisation": row.key,
            "title": row.title,
            "state": row.state,
            "since": row.since,
            "last_use": row.last_use,
            "people_7": few(row.people_7),
            "people_28": few(row.people_28),
            "sessions_7": row.sessions_7,
            "sessions_28": row.sessions_28,
            "training_28": row.training_28,
            "could_move_90": row.could_move,
            "blocked_90": row.blocked,
            "unknown_kind_90": row.unknown_kind,
            "displacement": row.displacement,
            "identified": row.identified,
            "reasons": row.reasons,
            "apps": row.apps,
            "kinds": row.kinds,
            "activities": row.activities,
            "part_of": above.get(row.key, ""),
        }
        for row in rows
    ]
