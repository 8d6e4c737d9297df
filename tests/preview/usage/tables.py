"""Writes rows of the roll-ups by hand, so that metrics can be compared with sums on paper."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

from preview.usage.actions import ensure_source
from preview.usage.programme.figures import UsagePreview
from preview.usage.results import UsageActivityDay, UsageCoverage, UsageDay, UsageSession

TODAY = date(2026, 6, 17)  # a Wednesday
WEEK = date(2026, 6, 8)  # the Monday of the last full week
NUMBERS = itertools.count(1)


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def covered(*days: date, complete: bool = True, host: str = "whitehall-admin") -> None:
    """Note that a host's counting source delivered on these days."""
    for day in days:
        UsageCoverage.objects.create(
            day=day,
            source=ensure_source(slug="tests"),
            format="alb",
            host=host,
            hours=2**24 - 1,
            machine_hours=2**24 - 1,
            machine_lines=24,
            human_lines=0,
            complete=complete,
            counting=True,
        )


def covered_until(last: date, days: int) -> None:
    covered(*(last - timedelta(days=n) for n in range(days)))


def used(
    day: date,
    organisation: str = "harbours",
    *,
    kind: str = "people",
    person: str = "",
    audience: str = "end_user",
    sessions: int = 1,
    app: str = "whitehall",
    qualifying: bool = True,
) -> None:
    """Enter sessions of a day, as a rebuilt day would hold them."""
    known = bool(person or organisation)
    for _ in range(sessions):
        number = next(NUMBERS)
        UsageSession.objects.create(
            id=number,
            day=day,
            started_at=at(day),
            ended_at=at(day, 11),
            actor=person or f"v{number}",
            person=person,
            organisation=organisation,
            rung=1 if person else 4 if organisation else 5,
            audience=audience,
            why="tests",
            qualifying=qualifying,
            app=app,
            kind=kind,
            apps=[app],
            kinds=[kind] if kind else [],
            requests=3,
        )
    UsageDay.objects.create(
        day=day,
        organisation=organisation,
        audience=audience,
        app=app,
        kind=kind,
        qualifying=qualifying,
        identified=known,
        sessions=sessions,
        people=1 if person else 0,
        requests=3 * sessions,
    )
    UsageActivityDay.objects.create(
        day=day,
        organisation=organisation,
        audience=audience,
        app=app,
        kind=kind,
        activity="edit_noneditionable",
        sessions=sessions,
        requests=3 * sessions,
    )


def previewed(
    day: date, organisation: str = "harbours", *, kind: str = "people", person: str = ""
) -> None:
    """Enter a preview session in this service."""
    UsagePreview.objects.create(
        id=next(NUMBERS),
        day=day,
        started_at=at(day),
        person=person,
        organisation=organisation,
        kind=kind,
        views=2,
    )
