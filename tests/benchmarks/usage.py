"""Integration usage: lines a second and memory of imports, lines a second over HTTP.

Beside them, in the same run: how fast the same file is read and its lines counted, as `wc -l` does.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from scripts.run import ready
from scripts.servers import PostgreSQL
from tests.end_to_end.conftest import ROOT, Service
from tests.preview.usage import samples
from tests.preview.usage.samples import DRAFT, START, WHITEHALL, WWW, Visit

LINES = 120_000
LARGER = 4  # times as large, for memory
BATCHES, BATCH_LINES = 60, 1_000
FORMATS: dict[str, Callable[[Visit], str]] = {"nginx": samples.nginx, "alb": samples.alb}
STEPS = (
    (WHITEHALL, "GET", "/government/admin/people/{n}/edit"),
    (WHITEHALL, "POST", "/government/admin/people/{n}"),
    (WWW, "GET", "/government/people/somebody-{n}?cachebust=1772532000"),
    (DRAFT, "GET", "/government/publications/report-{n}?cachebust=1772532000"),
    (WHITEHALL, "GET", "/government/admin/publications/{n}"),
)
Found = dict[str, Any]


def visits(count: int) -> Iterator[Visit]:
    """Give requests of people, the test suite, probes and scanners, over ten days."""
    for n in range(count):
        host, method, target = STEPS[n % len(STEPS)]
        visit = Visit(
            at=START + n * 864_000 / count,
            host=host,
            method=method,
            target=target.format(n=1000 + n),
            ip=f"203.0.113.{n // 40 % 200}",
            request_id=f"{n}-1772532000.000-10.1.2.3-900",
        )
        if n % 4 == 0:
            visit = visit.but(ip="192.0.2.11", target="/vat-rates?cachebust=a1b2c3", host=WWW)
        elif n % 25 == 0:
            visit = visit.but(agent="Mozilla/5.0 zgrab/0.x", target="/.env", status=404)
        yield visit


def write_log(path: Path, write: Callable[[Visit], str], count: int) -> None:
    """Write a log of so many lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(write(visit) + "\n" for visit in visits(count))


def lines_counted_per_second(path: Path) -> float:
    """Read a file as `wc -l` does."""
    times = []
    for _ in range(5):
        started = time.perf_counter()
        with path.open("rb") as file:
            lines = sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
        times.append(lines / (time.perf_counter() - started))
    return statistics.median(times)


def imported(path: Path, database: str) -> Found:
    """Import a file by the command into a fresh database; the day's rebuilding is part of it."""
    environment = {**os.environ, "DATABASE_URL": database, "LOG_LEVEL": "ERROR"}
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
    command = [sys.executable, "-c", MEASURED, "usage", "import", str(path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    summary = json.loads(done.stdout)
    usage = json.loads(done.stderr.splitlines()[-1])
    return {
        "lines_per_s": summary["lines_per_second"],
        "lines_per_cpu_s": round(summary["lines"] / summary["cpu_seconds"]),
        "peak_mb": usage["peak_mb"],
    }


MEASURED = """
import json, resource, sys
sys.argv[0] = "manage.py"
from manage import main
main()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.stderr.write("\\n" + json.dumps({"peak_mb": round(peak / 1024)}) + "\\n")
"""


def imports(folder: Path) -> Found:
    """Import both formats into both databases, and a larger file for its memory."""
    found: Found = {}
    for name, write in FORMATS.items():
        path = folder / f"{name}.log"
        write_log(path, write, LINES)
        beside = lines_counted_per_second(path)
        for database in ("sqlite", "postgresql"):
            if database == "sqlite":
                one = imported(path, f"sqlite:///{folder}/{name}.sqlite3")
            else:
                with PostgreSQL() as server:
                    one = imported(path, server.url)
            one["ratio_to_wc"] = one["lines_per_s"] / beside
            found[f"{name}, {database}"] = one
    larger = folder / "larger.log"
    write_log(larger, samples.alb, LINES * LARGER)
    memory = imported(larger, f"sqlite:///{folder}/larger.sqlite3")["peak_mb"]
    found[f"peak MB of a file {LARGER} times as large"] = memory
    return found


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Service, str]]:
    """Run the service with one web worker and one worker; give it and the key of a source."""
    service = Service(folder)
    service.environment |= {"LOG_LEVEL": "WARNING", "USAGE_FOLDER": str(folder / "usage")}
    service.valkey.start()
    try:
        service.manage("migrate", "-v0")
        key = service.manage("usage", "key", "bench")
        for name in ("web", "worker", "beat"):
            service.start(name)
        if not ready(str(service.port)):
            raise RuntimeError("the service did not become ready")
        yield service, key
    finally:
        service.stop()


def pushed(folder: Path) -> Found:
    """Send batches to one web worker from one client; then wait until a worker stored them."""
    log = list(visits(BATCHES * BATCH_LINES))
    parts = [log[at : at + BATCH_LINES] for at in range(0, len(log), BATCH_LINES)]
    bodies = [
        gzip.compress("".join(f"{samples.nginx(one)}\n" for one in part).encode()) for part in parts
    ]
    with serving(folder) as (service, key):
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {key}"
        times, refused, started = [], 0, time.perf_counter()
        for body in bodies:
            sent = time.perf_counter()
            answer = session.post(f"{service.address}/ingest/v1/logs", data=body, timeout=60)
            times.append(time.perf_counter() - sent)
            refused += answer.status_code != 202
        seconds = time.perf_counter() - started
        return {
            "lines_per_s": round(len(log) / seconds),
            "p95_ms": round(1000 * statistics.quantiles(times, n=20)[-1]),
            "not_202": refused,
        }


def measure() -> Found:
    """Return lines a second of imports and pushes, and the memory of imports."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = imports(folder)
        (folder / "service").mkdir()
        return {"import": found, "push": pushed(folder / "service")}
