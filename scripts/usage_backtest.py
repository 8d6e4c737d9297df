"""Try the forecast on simulated migrations whose end is known, and write down how it did.

The simulation shares nothing with the forecast but the question: hazards are log-normal where the
forecast assumes gamma, organisations thin out before they stop, blockers slip. Every organisation
that is in use is seen by its sessions alone, as on the dashboard.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from preview.usage.forecast import FEWEST_WEEKS, Organisation, outlook
from preview.usage.programme.states import days_needed

MIGRATIONS, ORGANISATIONS, BLOCKED = 400, 45, 0.2
STAGES = {"early": 0.25, "middle": 0.5, "late": 0.75}
MARK = "<!-- results -->"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "usage-forecast.md"


@dataclass
class Migration:
    """One simulated migration: sessions by organisation and week, and when blockers end.

    `resolved` is the week in which an organisation can begin (0: at once), `expected` what is said
    of it, `announced` since when anything is said.
    """

    sessions: np.ndarray
    resolved: np.ndarray
    expected: np.ndarray
    announced: np.ndarray

    @property
    def end(self) -> int:
        """Return the last week with any session."""
        return int(np.flatnonzero(self.sessions.sum(axis=0))[-1])


def migration(generator: np.random.Generator) -> Migration:
    """Simulate organisations of unequal speed and size, a fifth of them blocked at first."""
    size = ORGANISATIONS
    rates = np.clip(generator.lognormal(np.log(2.5), 1.0, size), 0.2, 25)
    hazards = generator.lognormal(np.log(0.06), 0.8, size)
    blocked = generator.random(size) < BLOCKED
    resolved = np.where(blocked, generator.uniform(8, 60, size), 0.0)
    slip = generator.exponential(4.0, size)
    announced = resolved * generator.uniform(0.2, 0.9, size)
    stops = resolved + generator.exponential(1 / hazards)
    weeks = int(min(stops.max() + 2, 1000))
    week = np.arange(weeks)[None, :]
    left = stops[:, None] - week
    thinning = np.clip(0.3 + left / 8, 0.0, 1.0) * (left > 0)
    sessions = generator.poisson(rates[:, None] * thinning)
    sessions[:, 0] += 1  # every organisation is known because it was seen
    return Migration(sessions, resolved, np.maximum(0, resolved - slip), announced)


def seen(one: Migration, now: int) -> list[Organisation]:
    """Return what a dashboard would know in week `now` (the weeks before it are over)."""
    found = []
    for place in range(ORGANISATIONS):
        used = np.flatnonzero(one.sessions[place, :now])
        last = int(used[-1])
        rate = float(one.sessions[place, max(0, last - 25) : last + 1].sum() / min(last + 1, 26))
        silent = now - 1 - last
        stopped = silent * 7 >= days_needed(rate)
        start = one.resolved[place]
        opens: float | None = 0.0
        if start > now and not stopped:
            known = one.announced[place] <= now
            opens = max(1.0, one.expected[place] - now) if known else None
        lasted = (last + 1 if stopped else now) - min(start, last)
        falling = fallen(one.sessions[place, :now])
        found.append(Organisation(lasted, stopped, float(silent), rate, opens, falling))
    return found


def fallen(sessions: np.ndarray) -> float:
    """Return how many times less there was in the last 4 weeks than in the 8 before, a week."""
    recent, before = sessions[-4:].mean(), sessions[-12:-4].mean()
    return float(max(1.0, before / max(recent, 0.25)))


def results(seed: int) -> Iterator[tuple[str, bool, float, float, float]]:
    """Give stage, whether a range was given, its ends and the truth in weeks from then."""
    for number in range(MIGRATIONS):
        generator = np.random.default_rng([seed, number])
        one = migration(generator)
        for stage, share in STAGES.items():
            now = max(FEWEST_WEEKS, round(share * one.end))
            if now > one.end:
                continue
            made = outlook(seen(one, now), now, seed=number)
            given = made.early is not None and made.late is not None
            yield stage, given, made.early or 0.0, made.late or 0.0, float(one.end + 1 - now)


def table(seed: int) -> str:
    """Return the results as a table."""
    rows = list(results(seed))
    lines = [
        "| stage | forecasts | withheld | range covers the end | end before | end after | width |",
        "|---|---|---|---|---|---|---|",
    ]
    for stage in STAGES:
        given = [row for row in rows if row[0] == stage and row[1]]
        withheld = sum(row[0] == stage and not row[1] for row in rows)
        covered = sum(early <= truth <= late for _, _, early, late, truth in given)
        before = sum(truth < early for _, _, early, _, truth in given)
        width = np.median([late - early for _, _, early, late, _ in given])
        shares = [f"{100 * n / len(given):.0f}%" for n in (covered, before)]
        after = f"{100 * (len(given) - covered - before) / len(given):.0f}%"
        cells = (stage, len(given), withheld, *shares, after, f"{width:.0f} weeks")
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def main() -> int:
    """Print the table and write it into its page."""
    found = table(seed=2)
    print(found)
    if PAGE.exists():
        before, _, rest = PAGE.read_text("utf-8").partition(MARK)
        _, _, after = rest.partition(MARK)
        PAGE.write_text(f"{before}{MARK}\n\n{found}\n\n{MARK}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
