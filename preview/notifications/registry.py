"""Kinds of notification, and the rules that find them: by an event, or by the clock.

A module of `kinds/` registers its kinds with `kind`, and its rules with `hears` and `watches`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from preview.access import Act, Staff
from preview.notifications.models import Notification, When

Payload = dict[str, Any]


def always(notification: Notification, staff: Staff) -> bool:  # noqa: ARG001 (a rule)
    """Say that what is told is never over."""
    return True


def nothing(notification: Notification) -> str:  # noqa: ARG001 (a rule)
    """Add nothing to the sentence."""
    return ""


@dataclass(frozen=True)
class Kind:
    """A kind of notification.

    `title` is a row of the settings page, under the heading `group`. `one` is the sentence, made
    from a notification's facts; `many` stands for more than a few, with {count} and {names}.
    `place` is the address of where to act. `holds` says at sending whether it still is so; `detail`
    is what is added where nothing is limited, and may quote. `act` is what the person must be
    allowed to do. An `urgent` one waits for no others.
    """

    name: str
    title: str
    group: str
    one: str
    many: str
    place: str
    default: When = When.AT_ONCE
    urgent: bool = False
    act: Act = Act.VIEW
    holds: Callable[[Notification, Staff], bool] = always
    detail: Callable[[Notification], str] = nothing


@dataclass(frozen=True)
class Told:
    """Something that happened: whom it is for (uids), and about what: a draft, or a named pack.

    `by` is who did it, as in the audit trail (`person:…`, `recipient:…`), or `email:…`: they are
    told nothing. `source` names it among all of its kind.
    """

    kind: str
    source: str
    people: Iterable[str]
    draft_id: uuid.UUID | None = None
    pack_id: uuid.UUID | None = None
    by: str = ""
    facts: dict[str, str | int] = field(default_factory=dict)


Rule = Callable[[Payload], Iterator[Told]]
Watch = Callable[[datetime], Iterator[Told]]
KINDS: dict[str, Kind] = {}
RULES: dict[str, list[Rule]] = {}
WATCHES: list[Watch] = []


def kind(made: Kind) -> str:
    """Register a kind; return its name."""
    KINDS[made.name] = made
    return made.name


def hears(*topics: str) -> Callable[[Rule], Rule]:
    """Register a rule for topics of the outbox; `wiring.py` sends them here."""

    def register(rule: Rule) -> Rule:
        for topic in topics:
            RULES.setdefault(topic, []).append(rule)
        return rule

    return register


def watches(watch: Watch) -> Watch:
    """Register a rule that is asked by the clock."""
    WATCHES.append(watch)
    return watch


def told_of(topic: str, payload: Payload) -> Iterator[Told]:
    """Give what is to be told of an event."""
    for rule in RULES.get(topic, ()):
        yield from rule(payload)
