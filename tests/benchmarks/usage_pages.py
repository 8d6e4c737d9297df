"""Pages of usage with 1 and with 24 months of roll-ups: what a page costs must not follow."""

from __future__ import annotations

import logging
import os
import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

MONTHS = (1, 24)
ORGANISATIONS, SESSIONS_A_DAY = 45, 40
ROUNDS, REQUESTS = 5, 20
PAGES = ("", "/organisations", "/organisations/o1", "/blockers", "/kinds", "/campaigns", "/health")


def measure() -> dict[str, Any]:
    """Return p95 of every page in milliseconds, and the ratio of 24 months to 1."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preview.settings")
        import django

        django.setup()
        logging.disable(logging.INFO)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        found: dict[str, Any] = {}
        for months in MONTHS:
            found[f"{months}_months"] = measured(months)
        first, last = (found[f"{months}_months"] for months in MONTHS)
        found["ratio"] = {page: round(last[page] / first[page], 2) for page in first}
        return found


def measured(months: int) -> dict[str, float]:
    """Fill the tables with so many months; return p95 by page, the best of five rounds."""
    from django.test import Client

    from preview.accounts.mock import example_people
    from preview.usage.programme.standings import decide, today_in_london

    today = today_in_london()
    fill(today, months * 30)
    started = time.perf_counter()
    decide(today)
    made = {"decide": round(1000 * (time.perf_counter() - started), 1)}
    client = Client(HTTP_HOST="service.preview.localhost")
    client.force_login(next(one for one in example_people() if one.uid == "mock-admin"))
    for page in PAGES:
        made[page or "/"] = min(p95(client, f"/usage{page}") for _ in range(ROUNDS))
    return made


def p95(client: Any, place: str) -> float:
    """Return the 95th percentile of one round of requests, in milliseconds."""
    times = []
    for _ in range(REQUESTS):
        started = time.perf_counter()
        assert client.get(place).status_code == 200
        times.append(1000 * (time.perf_counter() - started))
    return round(quantiles(times, n=20)[-1], 1)


def fill(today: date, days: int) -> None:
    """Write the roll-ups of so many days anew."""
    from preview.usage.actions import active_rules, ensure_source
    from preview.usage.results import UsageCoverage, UsageDay, UsageSession

    for table in (UsageDay, UsageSession, UsageCoverage):
        table.objects.all().delete()
    draw = random.Random(1)
    source = ensure_source(slug="bench")
    hosts = [host.short for host in active_rules().hosts.values() if host.counts]
    kinds = ("people", "publication", "roles", "taxon", "organisations", "")
    number = 0
    for back in range(1, days + 1):
        day = today - timedelta(days=back)
        UsageCoverage.objects.bulk_create(
            UsageCoverage(
                day=day,
                source=source,
                format="alb",
                host=host,
                hours=2**24 - 1,
                machine_hours=2**24 - 1,
                machine_lines=1000,
                human_lines=50,
                complete=True,
                counting=True,
            )
            for host in hosts
        )
        sessions, rows = [], []
        for _ in range(SESSIONS_A_DAY):
            number += 1
            organisation = f"o{draw.randrange(ORGANISATIONS)}"
            common = {
                "day": day,
                "organisation": organisation,
                "audience": "end_user",
                "app": "whitehall",
                "kind": draw.choice(kinds),
                "qualifying": True,
                "requests": 4,
            }
            moment = f"{day}T10:00:00+00:00"
            person = f"p{organisation}{draw.randrange(5)}"
            sessions.append(
                UsageSession(
                    id=number,
                    started_at=moment,
                    ended_at=moment,
                    actor=person,
                    person=person,
                    rung=1,
                    why="bench",
                    **common,
                )
            )
            rows.append(UsageDay(identified=True, sessions=1, people=1, **common))
        UsageSession.objects.bulk_create(sessions)
        UsageDay.objects.bulk_create(rows)
