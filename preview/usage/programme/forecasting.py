"""The forecast from the tables: what the dashboard knows, in weeks, and the range as days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from preview.usage.forecast import Organisation, outlook
from preview.usage.programme.figures import UsageForecast, UsageStanding
from preview.usage.programme.inputs import Inputs
from preview.usage.programme.models import UsageBlocker
from preview.usage.programme.reasons import open_blockers, remedies
from preview.usage.programme.states import DONE

STATES_OUT = DONE | {"exempt"}


def forecast_of(rows: Sequence[UsageStanding], known: Inputs) -> UsageForecast:
    """Make today's forecast, in place of an earlier one of today."""
    opens = expected_ends(known)
    used = [row for row in rows if row.last_use is not None and row.state != "exempt"]
    weeks = (known.today - known.known_since).days / 7
    found = outlook([organisation(row, known, opens) for row in used], weeks)
    days = [day_after(known.today, value) for value in (found.early, found.middle, found.late)]
    made, _ = UsageForecast.objects.update_or_create(
        day=known.today,
        defaults={
            "early": days[0],
            "middle": days[1],
            "late": days[2],
            "refusal": found.refusal,
            "assumptions": assumptions(rows, used, weeks),
        },
    )
    return made


def organisation(
    row: UsageStanding, known: Inputs, opens: Mapping[str, float | None]
) -> Organisation:
    """Return what the forecast needs of an organisation."""
    last = row.last_use or known.today
    first = min(known.sessions.get(row.key, {last: 0}))
    stopped = row.state in DONE
    until = last if stopped else known.today
    recent, before = known.counted(row.key, 28) / 4, known.counted(row.key, 84) / 12
    return Organisation(
        at_risk=max(0.0, (until - max(first, known.known_since)).days / 7),
        stopped=stopped,
        silent=row.silent / 7,
        rate=max(row.rate, 0.01),
        opens_in=0.0 if stopped else opens.get(row.key, 0.0),
        falling=max(1.0, before / max(recent, 0.25)),
    )


def expected_ends(known: Inputs) -> dict[str, float | None]:
    """Return by organisation in how many weeks all it waits for is expected; None: unknown."""
    blockers = {one.pk: one for one in open_blockers()}
    met = remedies(blockers.values())
    found: dict[str, float | None] = {}
    for need in known.needs:
        days = [due(blockers[one.id], known.today) for one in met if one.meets(need)]
        dated = [weeks for weeks in days if weeks is not None]
        soonest = min(dated) if dated else None
        before = found.get(need.organisation, 0.0)
        worst = None if before is None or soonest is None else max(before, soonest)
        found[need.organisation] = worst
    return found


def due(blocker: UsageBlocker, today: date) -> float | None:
    """Return in how many weeks a blocker is expected to be resolved; one that is late: a week."""
    if blocker.expected is None:
        return None
    return max(1.0, (blocker.expected - today).days / 7)


def day_after(today: date, weeks: float | None) -> date | None:
    """Return the day so many weeks from today."""
    return None if weeks is None else today + timedelta(days=round(weeks * 7))


def assumptions(
    rows: Sequence[UsageStanding], used: Sequence[UsageStanding], weeks: float
) -> list[str]:
    """Return what the forecast rests on, in sentences."""
    stopped = sum(row.state in DONE for row in used)
    exempt = sum(row.state == "exempt" for row in rows)
    return [
        f"{len(used)} organisations were seen in {int(weeks)} weeks; {stopped} of them stopped.",
        f"{exempt} organisations are exempt and left out.",
        "Each stops with a weekly chance of its own, learnt from all of them.",
        "Blocked organisations begin when their blockers are expected to be resolved.",
        "Training is not in it.",
    ]
