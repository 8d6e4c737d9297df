"""Usage for Prometheus, from stored figures. Labels have few values: no person, no organisation.

Names that the rules do not know are `other`, so that nobody can make up labels by a log line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.db.models import Max, Sum
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from preview.usage.actions import active_rules
from preview.usage.models import UsageObject
from preview.usage.programme.capabilities import capabilities
from preview.usage.programme.figures import UsageMetricWeek, UsageStanding
from preview.usage.programme.standings import today_in_london
from preview.usage.queries import REMAINING, TRAINING, Span, active_people, source_health
from preview.usage.results import UsageDay

OTHER = "other"
MOST_SOURCES = 50


class Usage(Collector):
    """Reads the gauges from the tables whenever they are collected."""

    def collect(self) -> Iterable[Metric]:
        """Give sessions, people, organisations by state, lag and lines by source, shares."""
        yield sessions()
        yield people()
        yield organisations()
        yield last_use()
        yield from sources()
        yield from shares()


def sessions() -> GaugeMetricFamily:
    """Return qualifying sessions of 7 days by app, series and whether production could show it."""
    found = GaugeMetricFamily(
        "integration_usage_sessions",
        "Qualifying sessions of 7 days",
        labels=["app", "series", "kind_group"],
    )
    today, table = today_in_london(), capabilities()
    apps = {host.app for host in active_rules().hosts.values()}
    rows = UsageDay.objects.filter(
        day__gt=today - timedelta(days=7), day__lte=today, qualifying=True
    ).filter(audience__in=(*REMAINING, *TRAINING))
    counts: Counter[tuple[str, str, str]] = Counter()
    counted = rows.values_list("app", "audience", "kind").annotate(n=Sum("sessions")).order_by()
    groups = {True: "could_move", False: "blocked", None: "unknown"}
    for app, audience, kind, number in counted:
        series = "training" if audience in TRAINING else "remaining"
        place = (app if app in apps else OTHER, series, groups[table.can(kind, today)])
        counts[place] += number
    for place, number in sorted(counts.items()):
        found.add_metric(place, number)
    return found


def people() -> GaugeMetricFamily:
    """Return known people with remaining use."""
    found = GaugeMetricFamily("integration_usage_active_people", "Known people", labels=["window"])
    for days in (7, 28):
        found.add_metric([f"{days}d"], active_people(Span.ending(today_in_london(), days)))
    return found


def organisations() -> GaugeMetricFamily:
    """Return organisations by state."""
    found = GaugeMetricFamily(
        "integration_usage_organisations", "Organisations by state", labels=["state"]
    )
    for state, number in sorted(
        Counter(UsageStanding.objects.values_list("state", flat=True)).items()
    ):
        found.add_metric([state], number)
    return found


def last_use() -> GaugeMetricFamily:
    """Return the day of the last remaining use by app, in seconds since 1970."""
    found = GaugeMetricFamily(
        "integration_usage_last_use_timestamp_seconds", "Last remaining use", labels=["app"]
    )
    apps = {host.app for host in active_rules().hosts.values()}
    rows = UsageDay.objects.filter(qualifying=True, audience__in=REMAINING, app__in=apps)
    for app, day in rows.values_list("app").annotate(last=Max("day")).order_by("app"):
        found.add_metric([app], datetime.combine(day, time(), UTC).timestamp())
    return found


def sources() -> Iterable[Metric]:
    """Return lag and lines by source; sources are made by admins, and counted up to 50."""
    lag = GaugeMetricFamily(
        "integration_usage_source_lag_seconds", "Age of the newest line", labels=["source"]
    )
    for one in source_health()[:MOST_SOURCES]:
        if one.lag is not None:
            lag.add_metric([one.source.slug], one.lag)
    yield lag
    lines = CounterMetricFamily(
        "integration_usage_ingest_lines", "Lines read", labels=["source", "outcome"]
    )
    counted = UsageObject.objects.values_list("source__slug").annotate(
        kept_lines=Sum("kept"), noise_lines=Sum("noise"), rejected_lines=Sum("rejected")
    )
    for slug, kept, noise, rejected in counted.order_by("source__slug")[:MOST_SOURCES]:
        for name, number in (("kept", kept), ("noise", noise), ("rejected", rejected)):
            lines.add_metric([slug, name], number or 0)
    yield lines


SHARES = {
    "completeness": ("integration_usage_coverage_ratio", "Complete working days"),
    "displacement": ("integration_usage_displacement_ratio", "Previews made in production"),
    "substitutable": ("integration_usage_substitutable_ratio", "Sessions that could move today"),
    "identified": ("integration_usage_identified_ratio", "Sessions of known people"),
}


def shares() -> Iterable[Metric]:
    """Give shares of the newest week in which they are known; without one there is no value."""
    rows = UsageMetricWeek.objects.filter(metric__in=SHARES, value__isnull=False)
    newest = {row.metric: row.value for row in rows.order_by("week")}
    for metric, (name, words) in SHARES.items():
        found = GaugeMetricFamily(name, f"{words}, newest week known")
        if (value := newest.get(metric)) is not None:
            found.add_metric([], value)
        yield found
