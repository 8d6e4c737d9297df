"""The attribution ladder: who is behind a request, and how well we know it. Per day.

1. the line itself names the person, or a line of another source about the same request does;
2. Publishing API took a command of the person in the same request;
3. the visitor came back from Signon within 3 seconds of Signon letting exactly one person into that
   app: from then on, for 20 hours, that visitor on that app is the person; or the same browser was
   known by 1 or 2 and by one person only, on any host;
4. only the organisation is known;
5. nobody knows.

A source without agents (Rails) takes its visitor from another source's line of the same request, so
that sessions span hosts. All is derived from scratch, so a rebuilt day is the same.

Source: alphagov/signon `event_logs` event 47 and `auth_valid_for` (20 hours).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from preview.usage.models import UsageEvent, UsageGrant, UsageWrite
from preview.usage.ruleset import Rules

NEAR = 3_000  # milliseconds between Signon's event and the visitor's return
STICKS = 20 * 3_600_000
BATCH = 5_000
LARGEST_GROUP = 1_000  # an id that a client made up may stand on any number of lines


class Line(NamedTuple):
    """What linking needs of an event."""

    id: int
    request: int
    at: int
    host: str
    app: str
    agent: str
    activity: str
    person: str
    visitor: str
    organisation: str
    actor: str
    rung: int
    linked_organisation: str


@dataclass
class Known:
    """What a day's lines teach: who a visitor is. A visitor with two persons is nobody's."""

    visitors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    returns: dict[tuple[str, str], list[tuple[int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def person_of(self, visitor: str, host: str, at: int) -> str:
        """Return the person that a visitor is on a host at a time, empty where nobody knows."""
        for since, person in reversed(self.returns.get((visitor, host), ())):
            if since - NEAR <= at < since + STICKS:
                return person
        people = self.visitors.get(visitor, set())
        return next(iter(people)) if len(people) == 1 else ""


def link(day: str, rules: Rules) -> None:
    """Find who is behind the day's events; write what changed."""
    writes = dict(
        UsageWrite.objects.of_day(day)
        .order_by("request", "-person")
        .values_list("request", "person")
    )
    known = Known()
    for group in requests(day):
        person, _, visitor, _ = together(group, writes)
        if person and visitor:
            known.visitors[visitor].add(person)
    returns(day, rules, known)
    for visitor, people in returned(known).items():
        known.visitors[visitor] |= people
    changed: list[tuple[str, int, str, int]] = []
    for group in requests(day):
        changed += changes(group, writes, known)
        if len(changed) >= BATCH:
            write(changed)
            changed = []
    write(changed)


def requests(day: str) -> Iterator[list[Line]]:
    """Give the day's events by request; those without one, alone."""
    rows = (
        UsageEvent.objects.of_day(day)
        .order_by("request", "key", "id")
        .values_list(*Line._fields)
        .iterator(BATCH)
    )
    for request, group in groupby((Line(*row) for row in rows), key=lambda one: one.request):
        size = LARGEST_GROUP if request else 1
        while part := list(islice(group, size)):
            yield part


def together(group: list[Line], writes: dict[int, str]) -> tuple[str, int, str, str]:
    """Return person, rung, visitor and organisation that the lines of one request have together."""
    people = sorted({one.person for one in group if one.person})
    visitors = sorted({one.visitor for one in group if one.visitor and one.agent})
    organisations = sorted(
        {one.organisation for one in group if one.organisation not in ("", "invalid")}
    )
    visitor = visitors[0] if len(visitors) == 1 else ""
    organisation = organisations[0] if len(organisations) == 1 else ""
    if len(people) == 1:
        return people[0], 1, visitor, organisation
    written = writes.get(group[0].request, "") if group[0].request and not people else ""
    return written, 2, visitor, organisation


def changes(
    group: list[Line], writes: dict[int, str], known: Known
) -> Iterable[tuple[str, int, str, int]]:
    """Give actor, rung and organisation of the lines where they are not what is stored."""
    person, rung, visitor, organisation = together(group, writes)
    for one in group:
        browser = visitor or one.visitor
        found, how = (one.person, 1) if one.person else (person, rung)
        if not found:
            found, how = known.person_of(browser, one.host, one.at), 3
        if not found:
            own = organisation or one.organisation
            found, how = browser, 4 if own not in ("", "invalid") else 5
        if (found, how, organisation) != (one.actor, one.rung, one.linked_organisation):
            yield found, how, organisation, one.id


def returns(day: str, rules: Rules, known: Known) -> None:
    """Match returns from Signon with Signon's events; what is ambiguous is left out."""
    grants: dict[str, list[tuple[int, str]]] = defaultdict(list)
    rows = UsageGrant.objects.of_day(day).order_by("at", "person")
    for person, application, at in rows.values_list("person", "application", "at"):
        name = application.strip().lower().replace(" ", "-")
        host = rules.short_names.get(name)
        grants[host.app if host else name].append((at, person))
    for app, times in grants.items():
        logins = list(
            UsageEvent.objects.of_day(day)
            .filter(app=app, activity="login")
            .exclude(visitor="")
            .exclude(agent="")
            .order_by("at", "visitor")
            .values_list("at", "visitor", "host")
        )
        for at, visitor, host in logins:
            people = {person for _, person in within(times, at, NEAR)}
            rivals = {other[1] for other in within(logins, at, 2 * NEAR)}
            if len(people) == 1 and len(rivals) == 1:
                known.returns[visitor, host].append((at, people.pop()))


def within(rows: Sequence[tuple[Any, ...]], at: int, distance: int) -> Sequence[tuple[Any, ...]]:
    """Return the rows, sorted by time, that are no further from a time than a distance."""
    first = bisect_left(rows, at - distance, key=itemgetter(0))
    return rows[first : bisect_right(rows, at + distance, key=itemgetter(0))]


def returned(known: Known) -> dict[str, set[str]]:
    """Return whom every visitor came back from Signon as, over all hosts."""
    found: dict[str, set[str]] = defaultdict(set)
    for (visitor, _), times in known.returns.items():
        found[visitor] |= {person for _, person in times}
    return found


def write(changed: list[tuple[str, int, str, int]]) -> None:
    """Store actor, rung and organisation of events."""
    table = UsageEvent._meta.db_table
    statement = (
        f'UPDATE "{table}" SET "actor" = %s, "rung" = %s, "linked_organisation" = %s '  # noqa: S608 (own name)
        'WHERE "id" = %s'
    )
    with connection.cursor() as cursor:
        rows: list[tuple[Any, ...]] = list(changed)
        cursor.executemany(statement, rows)
