"""Rebuilding a day: coverage, who is behind requests, sessions, daily counts; all or nothing.

Everything is derived from the facts of the day alone, so the result is the same in whatever order
and in however many parts they came. Memory does not grow with the day: requests are read sorted,
one session at a time, and counts have few keys.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from preview.usage.coverage import Place, cover
from preview.usage.linking import link
from preview.usage.models import UsageDate, UsageEvent, UsagePerson, UsageTrainingWindow
from preview.usage.results import UsageActivityDay, UsageDay, UsageSession
from preview.usage.ruleset import Rules
from preview.usage.sessions import (
    Context,
    Known,
    Session,
    Step,
    Window,
    audience,
    qualifies,
    sessions,
)

log = logging.getLogger(__name__)
BATCH = 2_000


@dataclass
class Counts:
    """Counts of a day. People are counted as they come, since sessions come sorted by actor."""

    days: dict[tuple[Any, ...], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0, 0])
    )
    activities: dict[tuple[Any, ...], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    actor: str = ""
    rows_of_actor: set[tuple[Any, ...]] = field(default_factory=set)

    def add(self, row: UsageSession, done: Counter[tuple[str, str, str]]) -> None:
        """Count a session."""
        place = (row.organisation, row.audience, row.app, row.kind, row.qualifying, row.rung < 5)
        counts = self.days[place]
        counts[0] += 1
        counts[2] += row.requests
        if row.actor != self.actor:
            self.actor, self.rows_of_actor = row.actor, set()
        if row.person and place not in self.rows_of_actor:
            counts[1] += 1
            self.rows_of_actor.add(place)
        for (app, kind, activity), requests in done.items():
            counts = self.activities[row.organisation, row.audience, app, kind, activity]
            counts[0] += 1
            counts[1] += requests


def rebuild_due(rules: Rules, *, only: Iterable[str] | None = None) -> list[str]:
    """Rebuild the days that are due, the oldest first; return which."""
    due = UsageDate.objects.filter(dirty=True, closed=False).order_by("day")
    if only is not None:
        due = due.filter(day__in=list(only))
    days = [day.isoformat() for day in due.values_list("day", flat=True)]
    return [day for day in days if rebuild_day(day, rules)]


@transaction.atomic
def rebuild_day(day: str, rules: Rules) -> bool:
    """Rebuild a day (ISO); False where it is closed, and nothing changes.

    Facts that come during this wait for it (PostgreSQL) or follow it, and make the day due again.
    """
    row = UsageDate.objects.select_for_update().filter(day=day, closed=False).first()
    if row is None:
        return False
    row.dirty, row.rebuilt_at, row.rules_version = False, timezone.now(), rules.version
    row.save()
    counting = cover(day, rules)
    link(day, rules)
    UsageSession.objects.filter(day=day).delete()
    counts = Counts()
    made = stored(session_rows(day, rules, counting, counts))
    write_counts(day, counts)
    log.info("usage.day_rebuilt", extra={"day": day, "sessions": made})
    return True


def session_rows(
    day: str, rules: Rules, counting: Mapping[str, Place], counts: Counts
) -> Iterator[UsageSession]:
    """Give the day's sessions as rows, counted."""
    context = context_of(day, rules, counting)
    for session in sessions(steps(day, counting), context):
        row = session_row(session, context)
        counts.add(row, session.done)
        yield row


def stored(rows: Iterator[UsageSession]) -> int:
    """Insert rows as they come; return how many."""
    made = 0
    while batch := list(islice(rows, BATCH)):
        UsageSession.objects.bulk_create(batch)
        made += len(batch)
    return made


def counted(counting: Mapping[str, Place]) -> Q:
    """Return the condition of events that count: those of the one source of their host."""
    chosen = Q(pk__in=[])
    for host, (source, name) in sorted(counting.items()):
        chosen |= Q(host=host, source_id=source, format=name)
    return chosen


def steps(day: str, counting: Mapping[str, Place]) -> Iterator[Step]:
    """Give the requests that count, sorted by actor, time and key."""
    rows = (
        UsageEvent.objects.of_day(day)
        .filter(counted(counting))
        .exclude(actor="")
        .order_by("actor", "at", "key", "id")
        .values_list(*Step._fields)
    )
    return (Step(*row) for row in rows.iterator(5_000))


def context_of(day: str, rules: Rules, counting: Mapping[str, Place]) -> Context:
    """Return what the day's sessions are decided by."""
    windows = UsageTrainingWindow.objects.order_by("pk")
    people = UsagePerson.objects.values_list("key", "organisation", "category")
    return Context(
        day=day,
        rules=rules,
        people={key: Known(organisation, category) for key, organisation, category in people},
        windows=tuple(
            Window(
                one.organisation,
                frozenset(one.apps),
                round(one.starts_at.timestamp() * 1000),
                round(one.ends_at.timestamp() * 1000),
            )
            for one in windows
        ),
        practised=practised(day, counting),
        roles={host.app: host.role for host in reversed(tuple(rules.hosts.values()))},
    )


def practised(day: str, counting: Mapping[str, Place]) -> frozenset[tuple[str, str]]:
    """Return actors and subjects of practice: one submitted an edition, another published it."""
    actors: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    rows = (
        UsageEvent.objects.of_day(day)
        .filter(counted(counting), activity__in=("submit", "publish"), status__lt=400)
        .exclude(subject="")
        .values_list("host", "subject", "activity", "actor")
        .distinct()
    )
    for host, subject, activity, actor in rows.iterator(5_000):
        actors[host, subject, activity].add(actor)
    found = set()
    for (host, subject, activity), submitters in actors.items():
        publishers = actors.get((host, subject, "publish"), set())
        if activity == "submit" and len(submitters | publishers) > 1 and publishers:
            found |= {(actor, subject) for actor in submitters | publishers}
    return frozenset(found)


def session_row(session: Session, context: Context) -> UsageSession:
    """Return the row of a session."""
    whose, why = audience(session, context)
    app, kind = session.main()
    activities: Counter[str] = Counter()
    for (_, _, activity), number in session.done.items():
        activities[activity] += number
    return UsageSession(
        id=session.id,
        day=date.fromisoformat(context.day),
        started_at=moment(session.started),
        ended_at=moment(session.ended),
        actor=session.actor,
        person=session.person,
        organisation=session.organisation(context),
        rung=session.rung,
        audience=whose,
        why=why,
        qualifying=whose != "bot" and qualifies(session, whose),
        app=app,
        kind=kind,
        apps=sorted({place[0] for place in session.done}),
        kinds=sorted({place[1] for place in session.done} - {""}),
        hosts=sorted(session.hosts),
        activities=dict(sorted(activities.items())),
        content_ids=sorted(session.content_ids),
        requests=session.requests,
    )


def moment(milliseconds: int) -> datetime:
    """Return the time."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def write_counts(day: str, counts: Counts) -> None:
    """Write the day's counts anew."""
    when = date.fromisoformat(day)
    UsageDay.objects.filter(day=when).delete()
    UsageActivityDay.objects.filter(day=when).delete()
    UsageDay.objects.bulk_create(
        [
            UsageDay(
                day=when,
                organisation=place[0],
                audience=place[1],
                app=place[2],
                kind=place[3],
                qualifying=place[4],
                identified=place[5],
                sessions=numbers[0],
                people=numbers[1],
                requests=numbers[2],
            )
            for place, numbers in sorted(counts.days.items())
        ],
        batch_size=500,
    )
    UsageActivityDay.objects.bulk_create(
        [
            UsageActivityDay(
                day=when,
                organisation=place[0],
                audience=place[1],
                app=place[2],
                kind=place[3],
                activity=place[4],
                sessions=numbers[0],
                requests=numbers[1],
            )
            for place, numbers in sorted(counts.activities.items())
        ],
        batch_size=500,
    )
