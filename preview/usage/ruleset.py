"""Rules as data: the document that says which hosts there are and what their requests mean.

The document has nine parts, each seeded from a file in `seeds/`: `hosts`, `networks`, `agents`,
`marks`, `actors`, `activities`, `kinds`, `sync` and `reasons`. Admins edit it as a whole; every
edition is kept (`models.RuleSet`). Here a document is checked and compiled.

`networks`, `agents` and `marks` say what is kept of a line before it is stored; `actors`,
`activities` and `kinds` are decided from what was kept, so they can be applied to the past.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import orjson

from preview.errors import InvalidUsageRules

SEEDS = Path(__file__).parent / "seeds"
PARTS = (
    *("hosts", "networks", "agents", "marks", "actors"),
    *("activities", "kinds", "sync", "reasons"),
)
KEPT = ("hosts", "networks", "agents", "marks")  # parts that apply to lines read from now on
ROLES = frozenset(
    [
        "publisher_app",
        "draft_frontend",
        "live_frontend",
        "live_frontend_origin",
        "assets",
        "draft_assets",
        "identity",
        "preview_tool",
        "fact_check",
        "api_or_ops",
    ]
)
LONGEST_PATTERN = 2000
Patterns = tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True)
class Host:
    """A host of the environment: its full name, app, role, and which formats count it, in order."""

    name: str
    short: str
    app: str
    role: str
    counts: bool
    production: str
    behind_cdn: bool
    counting: tuple[str, ...]


@dataclass(frozen=True)
class Condition:
    """All parts that are not None must hold; compiled from one object of a rule."""

    agents: frozenset[str] | None = None
    marks: frozenset[str] | None = None
    not_marks: frozenset[str] | None = None
    networks: frozenset[str] | None = None
    methods: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    categories: frozenset[str] | None = None
    roles: frozenset[str] | None = None
    hosts: frozenset[str] | None = None
    organisations: frozenset[str] | None = None
    signals: frozenset[str] | None = None
    known: bool | None = None


@dataclass(frozen=True)
class Actor:
    """A class of actors, and the conditions of which one must hold."""

    name: str
    any_of: tuple[Condition, ...]


@dataclass(frozen=True)
class Activity:
    """What a person did; `counts_as` is the finer name that is stored."""

    name: str
    counts_as: str
    condition: Condition
    write: bool | None
    path: re.Pattern[str] | None
    qualifies: bool
    after_edit: bool


@dataclass(frozen=True)
class Kind:
    """A kind of content by path; `mapped` gives it by the path's first group."""

    condition: Condition
    path: re.Pattern[str]
    kind: str
    mapped: Mapping[str, str]


@dataclass(frozen=True)
class Sync:
    """A weekly overwriting of an app's data; `suspended` are pairs of ISO dates."""

    app: str
    weekday: int
    minute: int
    suspended: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rules:
    """A compiled document, with its `version` (0 for the seeds)."""

    version: int
    suffix: str
    hosts: Mapping[str, Host]
    short_names: Mapping[str, Host]
    path_hosts: tuple[tuple[str, Host], ...]
    networks: Mapping[str, tuple[Any, ...]]
    agents: Patterns
    marks: Patterns
    any_mark: re.Pattern[str]
    fresh_token_seconds: int
    actors: tuple[Actor, ...]
    activities: tuple[Activity, ...]
    kinds: tuple[Kind, ...]
    syncs: tuple[Sync, ...]
    reasons: tuple[Mapping[str, Any], ...]

    @property
    def qualifying(self) -> frozenset[str]:
        """Return the stored activities that make a session count by themselves."""
        return frozenset(
            one.counts_as for one in self.activities if one.qualifies and not one.after_edit
        )

    @property
    def qualifying_after_edit(self) -> frozenset[str]:
        """Return the stored activities that count once the session has written something."""
        return frozenset(
            one.counts_as for one in self.activities if one.qualifies and one.after_edit
        )


@cache
def seeds() -> dict[str, Any]:
    """Return the document that a new service starts with."""
    return {part: orjson.loads((SEEDS / f"{part}.json").read_bytes()) for part in PARTS}


def compiled(document: Mapping[str, Any], version: int = 0) -> Rules:
    """Check a document and return its rules.

    Raises:
        InvalidUsageRules: says where, and what is expected there.

    """
    for part in PARTS:
        if not isinstance(document.get(part), dict):
            raise InvalidUsageRules(f"The rules need a part {part}, an object.")
    hosts = tuple(hosts_of(document["hosts"]))
    marks = patterns(document["marks"], "marks")
    return Rules(
        version=version,
        suffix="." + text(document["hosts"], "suffix", "hosts"),
        hosts={host.name: host for host in hosts},
        short_names=short_names(document["hosts"], hosts),
        path_hosts=path_hosts(document["hosts"], hosts),
        networks=networks(document["networks"]),
        agents=patterns(document["agents"], "agents"),
        marks=marks,
        any_mark=union(marks),
        fresh_token_seconds=int(document["marks"].get("fresh_token_seconds", 120)),
        actors=tuple(actors(document["actors"])),
        activities=tuple(activities(document["activities"])),
        kinds=tuple(kinds(document["kinds"])),
        syncs=tuple(syncs(document["sync"])),
        reasons=tuple(rows(document["reasons"], "reasons", "reasons")),
    )


def rows(part: Mapping[str, Any], key: str, place: str) -> list[dict[str, Any]]:
    """Return a list of objects of the document."""
    found = part.get(key)
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise InvalidUsageRules(f"{place}.{key} must be a list of objects.")
    return found


def text(row: Mapping[str, Any], key: str, place: str) -> str:
    """Return a text of the document that must not be empty."""
    found = row.get(key)
    if not isinstance(found, str) or not found:
        raise InvalidUsageRules(f"{place}.{key} must be a text.")
    return found


def pattern(source: Any, place: str) -> re.Pattern[str]:
    """Return a compiled pattern."""
    if not isinstance(source, str) or len(source) > LONGEST_PATTERN:
        raise InvalidUsageRules(f"{place} must be a pattern of at most {LONGEST_PATTERN} letters.")
    try:
        return re.compile(source)
    except re.error as error:
        raise InvalidUsageRules(f"{place} is not a regular expression: {error.msg}.") from error


def patterns(part: Mapping[str, Any], key: str) -> Patterns:
    """Return named patterns, in their order."""
    return tuple(
        (text(row, "name", f"{key}[{n}]"), pattern(row.get("pattern"), f"{key}[{n}].pattern"))
        for n, row in enumerate(rows(part, key, key))
    )


def union(named: Patterns) -> re.Pattern[str]:
    """Return one pattern that is found wherever one of them is."""
    return re.compile("|".join(f"(?:{one.pattern})" for _, one in named) or r"(?!)")


def hosts_of(part: Mapping[str, Any]) -> list[Host]:
    """Return the hosts with their full names."""
    suffix = text(part, "suffix", "hosts")
    production = text(part, "production_suffix", "hosts")
    found = []
    for number, row in enumerate(rows(part, "hosts", "hosts")):
        place = f"hosts[{number}]"
        short, role = text(row, "name", place), text(row, "role", place)
        if role not in ROLES:
            raise InvalidUsageRules(f"{place}.role must be one of: {', '.join(sorted(ROLES))}.")
        found.append(
            Host(
                name=f"{short}.{suffix}",
                short=short,
                app=text(row, "app", place),
                role=role,
                counts=bool(row.get("counts")),
                production=row.get("production") or f"{short}.{production}",
                behind_cdn=bool(row.get("behind_cdn")),
                counting=tuple(row.get("counting") or part.get("counting") or ()),
            )
        )
    return found


def short_names(part: Mapping[str, Any], hosts: tuple[Host, ...]) -> dict[str, Host]:
    """Return the hosts by all that an application may be called: short name, app, aliases."""
    found: dict[str, Host] = {}
    for row, host in zip(part["hosts"], hosts, strict=True):
        for name in (host.short, host.app, *row.get("aliases", ())):
            found.setdefault(name, host)
    return found


def path_hosts(part: Mapping[str, Any], hosts: tuple[Host, ...]) -> tuple[tuple[str, Host], ...]:
    """Return the hosts by the paths that only they have."""
    return tuple(
        (path, host)
        for row, host in zip(part["hosts"], hosts, strict=True)
        for path in row.get("paths", ())
    )


def networks(part: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return the networks by name."""
    try:
        return {
            name: tuple(ip_network(one) for one in ranges)
            for name, ranges in part.items()
            if name != "note"
        }
    except (TypeError, ValueError) as error:
        raise InvalidUsageRules(f"networks: {error}.") from error


def condition(row: Mapping[str, Any], place: str, others: frozenset[str]) -> Condition:
    """Return the condition that an object states; names that nobody knows are refused."""
    parts: dict[str, Any] = {}
    for name, value in row.items():
        if name in others:
            continue
        if name not in Condition.__dataclass_fields__:
            raise InvalidUsageRules(f"{place}.{name} is not a part of a condition.")
        if name != "known" and not isinstance(value, list):
            raise InvalidUsageRules(f"{place}.{name} must be a list.")
        parts[name] = bool(value) if name == "known" else frozenset(map(str, value))
    return Condition(**parts)


def actors(part: Mapping[str, Any]) -> list[Actor]:
    """Return the classes of actors, in order."""
    return [
        Actor(
            text(row, "class", f"actors[{n}]"),
            tuple(
                condition(one, f"actors[{n}].any[{m}]", frozenset())
                for m, one in enumerate(rows(row, "any", f"actors[{n}]"))
            ),
        )
        for n, row in enumerate(rows(part, "actors", "actors"))
    ]


def activities(part: Mapping[str, Any]) -> list[Activity]:
    """Return the activities, in order."""
    others = frozenset({"activity", "counts_as", "write", "path", "qualifies", "after_edit"})
    found = []
    for number, row in enumerate(rows(part, "activities", "activities")):
        place = f"activities[{number}]"
        name = text(row, "activity", place)
        found.append(
            Activity(
                name=name,
                counts_as=row.get("counts_as") or name,
                condition=condition(row, place, others),
                write=row.get("write"),
                path=pattern(row["path"], f"{place}.path") if "path" in row else None,
                qualifies=bool(row.get("qualifies")),
                after_edit=bool(row.get("after_edit")),
            )
        )
    return found


def kinds(part: Mapping[str, Any]) -> list[Kind]:
    """Return the kinds of content, in order."""
    others = frozenset({"path", "kind", "map"})
    return [
        Kind(
            condition(row, f"kinds[{n}]", others),
            pattern(row.get("path"), f"kinds[{n}].path"),
            row.get("kind") or "",
            row.get("map") or {},
        )
        for n, row in enumerate(rows(part, "kinds", "kinds"))
    ]


def syncs(part: Mapping[str, Any]) -> list[Sync]:
    """Return the times of the weekly copy."""
    found = []
    for number, row in enumerate(rows(part, "sync", "sync")):
        hour, _, minute = str(row.get("time")).partition(":")
        weekday = row.get("weekday")
        if (
            not (hour.isdecimal() and minute.isdecimal())
            or not isinstance(weekday, int)
            or weekday not in range(7)
        ):
            raise InvalidUsageRules(f"sync[{number}] needs weekday (0 to 6) and time (03:28).")
        spans = tuple((str(a), str(b)) for a, b in row.get("suspended", ()))
        app = text(row, "app", f"sync[{number}]")
        found.append(Sync(app, weekday, 60 * int(hour) + int(minute), spans))
    return found
