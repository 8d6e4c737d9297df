"""What the weekly letter says: plain sentences and lists, made from the figures."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from preview.usage.actions import active_rules
from preview.usage.metrics.weeks import monday
from preview.usage.models import UsageTrainingWindow
from preview.usage.programme.brownouts import coming
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.reasons import needs, open_blockers, reasons, remedies, stored_counts
from preview.usage.programme.unlocking import in_order
from preview.usage.queries import source_health

METRICS = ("remaining", "training", "organisations", "displacement")
TOP = 3


def facts(today: date) -> dict[str, Any]:
    """Return the values of the letter's template."""
    titles = dict(UsageStanding.objects.values_list("key", "title"))
    changes = UsageStateChange.objects.filter(day__gt=today - timedelta(days=7))
    by_state: dict[str, list[str]] = {"migrated": [], "regressed": []}
    for row in changes.filter(after__in=by_state):
        by_state[row.after].append(plain(titles.get(row.organisation, row.organisation)))
    training = UsageTrainingWindow.objects.filter(
        starts_at__date__gte=today, starts_at__date__lte=today + timedelta(days=14)
    )
    return {
        "weeks": {name: two_weeks(name, today) for name in METRICS},
        "migrated": by_state["migrated"],
        "regressed": by_state["regressed"],
        "blockers": top_blockers(today),
        "brownouts": [f"{one.app}, {one.starts_at:%d %B %Y}" for one in coming()],
        "training": training.count(),
        "silent": [one.source.slug for one in source_health() if one.silent],
        "forecast": forecast(today),
        "address": f"{settings.SERVICE_ORIGIN}/usage",
    }


def plain(text: str) -> str:
    """Return a name on one line."""
    return " ".join(text.split())


def two_weeks(name: str, today: date) -> str:
    """Return a metric's last week and the one before, in words."""
    last = monday(today) - timedelta(weeks=1)
    rows = {
        row.week: row
        for row in UsageMetricWeek.objects.filter(
            metric=name, week__in=[last, last - timedelta(weeks=1)]
        )
    }
    now, before = (shown(name, rows.get(week)) for week in (last, last - timedelta(weeks=1)))
    return f"{now} (the week before: {before})"


def shown(name: str, row: UsageMetricWeek | None) -> str:
    """Return a week's value in words."""
    if row is None or row.value is None:
        return "no data"
    text = f"{round(100 * row.value)}%" if name == "displacement" else f"{row.value:g}"
    return text if row.state == "known" else f"at least {text}"


def top_blockers(today: date) -> list[str]:
    """Return the blockers to resolve next."""
    known = reasons(active_rules(), capabilities(), today)
    blockers = {one.pk: one for one in open_blockers()}
    order = in_order(needs(stored_counts(), known), remedies(blockers.values()))
    return [
        f"{plain(blockers[one.id].title)}: frees {len(one.then_free)} organisations, "
        f"{one.touched} sessions show it"
        for one in order[:TOP]
    ]


def forecast(today: date) -> str:
    """Return the newest forecast in a sentence."""
    found = UsageForecast.objects.filter(day__lte=today).order_by("-day").first()
    if found is None:
        return "No forecast was made yet."
    if found.early is None:
        return found.refusal
    return f"The last organisation stops between {found.early} and {found.late} (8 of 10 cases)."
