"""Metrics for Prometheus, on a port of their own; labels have few values.

Source: alphagov/govuk_app_config `lib/govuk_app_config/govuk_prometheus_exporter.rb`, for port and
buckets.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Count
from prometheus_client import REGISTRY, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from preview.ops.usage_metrics import Usage
from preview.outbox.models import Delivery
from preview.rate_limits.misses import MISSES
from preview.rendering.models import Rendering

log = logging.getLogger(__name__)
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 25, 50)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS = Histogram(
    "http_request_duration_seconds",
    "Time to answer a request",
    ["view", "method", "status"],
    buckets=BUCKETS,
)


def count_request(view: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    name = method if method in METHODS else "other"
    REQUESTS.labels(view, name, f"{status // 100}xx").observe(seconds)


class Tables(Collector):
    """Reads the gauges from the database whenever they are collected."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Give renderings by state, and deliveries that are not done."""
        states = GaugeMetricFamily("renderings", "Renderings by state", labels=["state"])
        for row in Rendering.objects.values("state").annotate(count=Count("id")).order_by("state"):
            states.add_metric([row["state"]], row["count"])
        yield states
        backlog = Delivery.objects.filter(done_at=None).count()
        yield GaugeMetricFamily("outbox_backlog", "Deliveries not done", value=backlog)
        misses = MISSES.of_this_hour().values()
        yield GaugeMetricFamily(
            "preview_misses", "Addresses that opened nothing, in this hour", value=sum(misses)
        )


def serve() -> None:
    """Serve the metrics on `METRICS_PORT`; a port that is taken is logged, not fatal."""
    REGISTRY.register(Tables())
    REGISTRY.register(Usage())
    try:
        start_http_server(settings.METRICS_PORT)
    except OSError as error:
        log.warning("metrics.not_served", extra={"error_message": str(error)})
