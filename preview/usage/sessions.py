"""Requests of a day → sessions: one person's work without a pause of 30 minutes, over all hosts.

A session also ends after 12 hours, at midnight in London, and where the weekly copy from production
overwrote the app that is used next. Requests come sorted by actor and time, so that one session at
a time is in memory.

Who a session's person is (audience) is decided in this order: developer, training, share
recipient, end user, unknown. A session that was refused throughout is a bot's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from preview.usage.ruleset import Rules

PAUSE = 30 * 60_000
LONGEST = 12 * 3_600_000
REFUSED = frozenset({401, 403, 404})
FEWEST_REFUSED = 3
APPS_OF_A_DEVELOPER = 4
MOST_NAMED = 50
WRITES = frozenset({"edit", "edit_noneditionable", "create", "submit", "publish", "share_create"})
IDLE = frozenset({"login", "browse"})
READS = frozenset({"GET", "HEAD", "OPTIONS"})


Evidence = Callable[["Session", "Context"], bool]


class Step(NamedTuple):
    """One request of a session, as it is read from the table."""

    actor: str
    at: int
    key: int
    host: str
    app: str
    method: str
    status: int
    actor_class: str
    activity: str
    kind: str
    person: str
    organisation: str
    linked_organisation: str
    rung: int
    subject: str
    content_id: str


class Known(NamedTuple):
    """What is known of a person: organisation and category."""

    organisation: str
    category: str


class Window(NamedTuple):
    """A training window in milliseconds; no apps means all, no organisation all."""

    organisation: str
    apps: frozenset[str]
    start: int
    end: int


@dataclass
class Context:
    """What sessions are decided by. `practised` holds actors and subjects of practice.

    Practice: one actor submitted and another published the same edition on the same day.
    """

    day: str
    rules: Rules
    people: Mapping[str, Known] = field(default_factory=dict)
    windows: tuple[Window, ...] = ()
    practised: frozenset[tuple[str, str]] = frozenset()
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Session:
    """A session as it grows. `done` counts requests by app, kind and activity."""

    actor: str
    started: int
    ended: int
    person: str = ""
    rung: int = 5
    requests: int = 0
    refused: int = 0
    wrote: bool = False
    hosts: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    subjects: set[str] = field(default_factory=set)
    content_ids: set[str] = field(default_factory=set)
    done: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    used: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def id(self) -> int:
        """Return a number that is the same whenever the day is rebuilt."""
        text = f"{self.actor}\0{self.started}".encode()
        return int.from_bytes(blake2b(text, digest_size=8).digest(), "big") >> 1

    @property
    def qualifying(self) -> bool:
        """Say whether something was done that integration is used for."""
        return bool(self.used)

    def add(self, step: Step, rules: Rules) -> None:
        """Add a request."""
        self.ended = step.at
        self.requests += 1
        self.refused += step.status in REFUSED
        self.rung = min(self.rung, step.rung)
        self.hosts.add(step.host)
        self.classes.add(step.actor_class)
        self.done[step.app, step.kind, step.activity] += 1
        if step.actor.startswith("p"):
            self.person = step.actor
        for organisation in (step.organisation, step.linked_organisation):
            if organisation not in ("", "invalid"):
                self.organisations.add(organisation)
        if step.subject and len(self.subjects) < MOST_NAMED:
            self.subjects.add(step.subject)
        if step.content_id and len(self.content_ids) < MOST_NAMED:
            self.content_ids.add(step.content_id)
        if step.status >= 400:
            return
        self.wrote = self.wrote or (step.activity in WRITES and step.method not in READS)
        late = self.wrote and step.activity in rules.qualifying_after_edit
        if step.activity in rules.qualifying or late:
            self.used[step.app, step.kind] += 1

    def organisation(self, context: Context) -> str:
        """Return the organisation: the account's, else the one that its requests name."""
        if (known := context.people.get(self.person)) and known.organisation:
            return known.organisation
        return next(iter(self.organisations)) if len(self.organisations) == 1 else ""

    def main(self) -> tuple[str, str]:
        """Return the app and kind that the session was most about."""
        counted = self.used or Counter({place[:2]: number for place, number in self.done.items()})
        app, kind = min(counted, key=lambda place: (-counted[place], place))
        return app, kind


def sessions(steps: Iterable[Step], context: Context) -> Iterator[Session]:
    """Give the sessions of steps that are sorted by actor, time and key; copies are dropped."""
    current: Session | None = None
    last: Step | None = None
    syncs = sync_times(context.rules, context.day)
    for step in steps:
        if last and (step.actor, step.at, step.key) == (last.actor, last.at, last.key):
            continue
        last = step
        if current is None or ends(current, step, syncs):
            if current is not None:
                yield current
            current = Session(step.actor, step.at, step.at)
        current.add(step, context.rules)
    if current is not None:
        yield current


def ends(session: Session, step: Step, syncs: list[tuple[str, int]]) -> bool:
    """Say whether a step is no more of the session."""
    return (
        step.actor != session.actor
        or step.at - session.ended > PAUSE
        or step.at - session.started > LONGEST
        or any(session.ended < at <= step.at and app in ("*", step.app) for app, at in syncs)
    )


def sync_times(rules: Rules, day: str) -> list[tuple[str, int]]:
    """Return when apps were overwritten around a day, in milliseconds."""
    found = []
    for offset in (-1, 0, 1):
        when = date.fromisoformat(day) + timedelta(days=offset)
        for sync in rules.syncs:
            off = any(start <= when.isoformat() < end for start, end in sync.suspended)
            if sync.weekday == when.weekday() and not off:
                midnight = datetime(when.year, when.month, when.day, tzinfo=UTC).timestamp()
                found.append((sync.app, round(midnight * 1000) + sync.minute * 60_000))
    return found


def audience(session: Session, context: Context) -> tuple[str, str]:
    """Return whose session it is, and by which evidence: the first that holds."""
    for whose, why, holds in EVIDENCE:
        if holds(session, context):
            return whose, why
    return ("end_user", f"rung_{session.rung}") if session.rung < 5 else ("unknown_human", "rung_5")


def refused_throughout(session: Session, context: Context) -> bool:  # noqa: ARG001 (an evidence)
    """Say whether nothing was ever answered: a scanner behind a browser's name."""
    return session.refused == session.requests >= FEWEST_REFUSED


def has_category(*categories: str) -> Evidence:
    """Return the evidence that the person's account has one of these categories."""

    def holds(session: Session, context: Context) -> bool:
        known = context.people.get(session.person)
        return known is not None and known.category in categories

    return holds


def has_class(name: str) -> Evidence:
    """Return the evidence that a request was of this class by itself."""
    return lambda session, _: name in session.classes


def many_apps(session: Session, context: Context) -> bool:
    """Say whether more publisher apps were used than any editor uses."""
    apps = {place[0] for place in session.done}
    used = {app for app in apps if context.roles.get(app) == "publisher_app"}
    return len(used) >= APPS_OF_A_DEVELOPER


def practice(session: Session, context: Context) -> bool:
    """Say whether one actor submitted and another published the same edition."""
    return any((session.actor, subject) in context.practised for subject in session.subjects)


def from_a_share_link(session: Session, context: Context) -> bool:  # noqa: ARG001 (an evidence)
    """Say whether somebody without an account came by a share link."""
    return not session.person and "share_recipient" in session.classes


def in_window(session: Session, context: Context) -> bool:
    """Say whether an admin entered that this is training."""
    apps = {place[0] for place in session.done}
    organisation = session.organisation(context)
    return any(
        window.start <= session.started <= window.end
        and window.organisation in ("", organisation)
        and (not window.apps or window.apps & apps)
        for window in context.windows
    )


def qualifies(session: Session, kind: str) -> bool:
    """Say whether a session counts: training by any work, others by what qualifies."""
    if kind == "training":
        return any(activity not in IDLE for _, _, activity in session.done)
    return session.qualifying


EVIDENCE: tuple[tuple[str, str, Evidence], ...] = (
    ("bot", "refused", refused_throughout),
    ("bot", "test_account", has_category("e2e")),
    ("developer", "category", has_category("developer")),
    ("developer", "path", has_class("developer")),
    ("developer", "many_apps", many_apps),
    ("training", "window", in_window),
    ("training", "category", has_category("trainee")),
    ("training", "told", has_class("training")),
    ("training", "practice", practice),
    ("share_recipient", "token", from_a_share_link),
)
