"""A day of invented logs, and what the tables hold of it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from preview.usage.actions import active_rules, ensure_source
from preview.usage.importing import Identity, import_stream
from preview.usage.intakes import intake
from preview.usage.models import UsageDate, UsageEvent, UsageObject, UsageTally
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay, UsageSession
from preview.usage.rollups import rebuild_due
from tests.preview.usage import samples
from tests.preview.usage.samples import DRAFT, START, WHITEHALL, WWW, Visit

DERIVED = (UsageSession, UsageDay, UsageActivityDay, UsageCoverage)


def working_day() -> list[str]:
    """A day's log of a load balancer: five people at work, probes every hour, scanners."""
    log = []
    for hour in range(6, 20):
        probe = Visit(at=START + 3600 * (hour - 10), agent="kube-probe/1.3", target="/readyz")
        log.append(samples.alb(probe.but(request_id=f"probe-{hour}")))
    for person in range(5):
        ip = f"203.0.113.{person}"
        for step, (host, method, target) in enumerate(
            [
                (WHITEHALL, "GET", f"/government/admin/people/{person}00/edit"),
                (WHITEHALL, "POST", f"/government/admin/people/{person}00"),
                (WWW, "GET", f"/government/people/a?cachebust={1772532000 + person}"),
                (WHITEHALL, "GET", f"/government/admin/publications/7{person}0/edit"),
                (DRAFT, "GET", f"/government/publications/b?cachebust={1772532000 + person}"),
                (WHITEHALL, "GET", "/government/admin/elsewhere"),
            ]
        ):
            at = START + 4000 * person + (40 * step if step < 5 else 3000)
            visit = Visit(at=at, ip=ip, host=host, method=method, target=target)
            log.append(samples.alb(visit.but(request_id=f"{person}-{step}")))
    for number in range(4):
        scan = Visit(at=START + number, ip="198.51.100.99", target="/wp-login.php", status=404)
        log.append(samples.alb(scan.but(request_id=f"scan-{number}")))
    return log


@pytest.fixture
def put(db: None) -> Callable[..., UsageObject]:
    """Import lines as one object."""

    def put_in(
        lines: Iterable[str] | bytes, key: str = "a.log", source: str = "tests", app: str = ""
    ) -> UsageObject:
        data = lines if isinstance(lines, bytes) else "".join(f"{one}\n" for one in lines).encode()
        identity = Identity(ensure_source(slug=source), key, f"{len(data)}-{hash(data)}", len(data))
        reader = intake(key=key, app=app)
        return import_stream(identity=identity, stream=io.BytesIO(data), intake=reader)

    return put_in


def rebuild() -> list[str]:
    return rebuild_due(active_rules())


def derived() -> dict[str, list[Any]]:
    """Everything that follows from the facts, and the facts themselves without their objects."""
    found: dict[str, list[Any]] = {}
    for table in DERIVED:
        rows = table.objects.values().order_by()
        plain = [{name: value for name, value in row.items() if name != "id"} for row in rows]
        found[table.__name__] = sorted(map(repr, plain))
    found["ids"] = sorted(UsageSession.objects.values_list("id", flat=True))
    skipped = {"id", "object_id"}
    for facts in (UsageEvent, UsageTally):
        rows = [
            {name: value for name, value in row.items() if name not in skipped}
            for row in facts.objects.values()
        ]
        if facts is UsageEvent:
            found["events"] = sorted(map(repr, rows))
    found["days"] = [
        repr(row) for row in UsageDate.objects.order_by("day").values("day", "dirty", "closed")
    ]
    return found


def forget() -> None:
    """Delete all facts and what follows; keys and sources stay."""
    UsageObject.objects.all().delete()
    UsageDate.objects.all().delete()
    for table in DERIVED:
        table.objects.all().delete()
