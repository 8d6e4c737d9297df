"""A burst of logs: 20,000 lines a second for a minute, each batch sent at its time.

Senders are in time whatever is answered: what comes too early is told to come again (429 or 503
with `Retry-After`) and is sent again, as the senders of logs do. A 4xx would be lost lines.
"""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

from tests.benchmarks.usage import serving, visits
from tests.preview.usage import samples

LINES_A_SECOND, SECONDS, BATCH_LINES = 20_000, 60, 2_000
SENDERS = 8
Found = dict[str, Any]


def batches() -> Iterator[bytes]:
    """Give the bodies of a minute, each with other lines."""
    count = LINES_A_SECOND * SECONDS
    text: list[str] = []
    for visit in visits(count):
        text.append(f"{samples.nginx(visit)}\n")
        if len(text) == BATCH_LINES:
            yield gzip.compress("".join(text).encode(), 1)
            text = []


def measure() -> Found:
    """Return what the batches were answered, how late they were taken, and lines a second."""
    bodies = list(batches())
    statuses: Counter[int] = Counter()
    waited: list[float] = []
    with tempfile.TemporaryDirectory() as name, serving(Path(name)) as (service, key):
        begun = time.perf_counter()

        def send(number: int) -> None:
            due = begun + number * BATCH_LINES / LINES_A_SECOND
            time.sleep(max(0.0, due - time.perf_counter()))
            while True:
                answer = requests.post(
                    f"{service.address}/ingest/v1/logs",
                    data=bodies[number],
                    headers={"Authorization": f"Bearer {key}"},
                    timeout=120,
                )
                statuses[answer.status_code] += 1
                if answer.status_code not in (429, 503):
                    break
                time.sleep(min(5.0, float(answer.headers["Retry-After"])))
            waited.append(time.perf_counter() - due)

        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(send, range(len(bodies))))
        seconds = time.perf_counter() - begun
    return {
        "offered_lines_per_s": LINES_A_SECOND,
        "lines": len(bodies) * BATCH_LINES,
        "seconds": round(seconds, 1),
        "taken_lines_per_s": round(len(bodies) * BATCH_LINES / seconds),
        "answers": {str(status): count for status, count in sorted(statuses.items())},
        "until_taken_p50_s": round(statistics.median(waited), 2),
        "until_taken_p95_s": round(statistics.quantiles(waited, n=20)[-1], 2),
    }
