"""Features → verdict: who made a request (actor), what they did (activity), about what (kind).

Decided from what is stored, so that new rules can be tried on the past. The class of a single line
is a first word: `sessions.py` knows more (training windows, people's categories, whole sessions).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from preview.usage.features import READS, Features
from preview.usage.ruleset import Activity, Condition, Host, Kind, Rules

CACHE = 50_000
PEOPLE = frozenset({"developer", "training", "end_user", "share_recipient", "unknown_human"})
NOT_STORED_AS_PERSON = "internal_hop"


class Verdict(NamedTuple):
    """What is made of a request.

    `actor` is the class of who is behind it. `counts` is false for an inner hop and for hosts that
    do not count. `activity` is the name that people use, `counts_as` the finer one that is stored;
    both are empty where no person is behind. `rule` says which rule decided the class.
    """

    actor: str
    activity: str
    counts_as: str
    kind: str
    counts: bool
    rule: str

    @property
    def human(self) -> bool:
        """Say whether a person is behind the request."""
        return self.actor in PEOPLE


@dataclass
class Classifier:
    """Applies one edition of the rules; remembers what it decided for features that recur."""

    rules: Rules
    actors: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)
    chosen: dict[tuple[object, ...], tuple[Activity, ...]] = field(default_factory=dict)
    chosen_kinds: dict[str, tuple[Kind, ...]] = field(default_factory=dict)

    def verdict(self, one: Features) -> Verdict:
        """Return what the rules make of a request."""
        actor, rule = self.actor_of(one)
        host = one.known_host
        counts = not one.hop and host is not None and host.counts
        if actor not in PEOPLE:
            return Verdict(actor, "", "", "", counts, rule)
        activity, counts_as = self.activity_of(one)
        return Verdict(actor, activity, counts_as, self.kind_of(one), counts, rule)

    def actor_of(self, one: Features) -> tuple[str, str]:
        """Return the class, and the rule that gave it."""
        host = one.known_host
        place = (
            *(one.agent, one.mark_names, one.network, one.category, one.signal, one.method),
            *(one.organisation == "invalid", bool(one.person), host),
        )
        found = self.actors.get(place)
        if found is None:
            if len(self.actors) > CACHE:
                self.actors.clear()
            found = self.actors[place] = self.decided(one)
        return found

    def decided(self, one: Features) -> tuple[str, str]:
        """Go through the classes in their order."""
        marks = frozenset(one.mark_names.split(","))
        for actor in self.rules.actors:
            for number, condition in enumerate(actor.any_of):
                if holds(condition, one, marks):
                    return actor.name, f"{actor.name}[{number}]"
        return ("end_user", "known") if one.person else ("unknown_human", "unknown")

    def activity_of(self, one: Features) -> tuple[str, str]:
        """Return the activity by both its names."""
        for activity in self.candidates(one):
            if activity.path is None or activity.path.search(one.path):
                return activity.name, activity.counts_as
        return "browse", "browse"

    def candidates(self, one: Features) -> tuple[Activity, ...]:
        """Return the activities whose conditions hold but for the path."""
        place = (
            *(one.known_host, one.method, one.mark_names, one.signal),
            *(bool(one.person), one.signal and one.kind),
        )
        found = self.chosen.get(place)
        if found is None:
            if len(self.chosen) > CACHE:
                self.chosen.clear()
            found = self.chosen[place] = self.told(one) or self.possible(one)
        return found

    def told(self, one: Features) -> tuple[Activity, ...]:
        """Return what the application itself says that the person did."""
        for activity in self.possible(one) if one.signal else ():
            if activity.condition.signals is not None:
                return (activity,)
        named = (known for known in self.rules.activities if one.signal == known.counts_as)
        return tuple(replace(known, path=None) for known in named)[:1]

    def possible(self, one: Features) -> tuple[Activity, ...]:
        """Go through the activities, their paths aside."""
        marks = frozenset(one.mark_names.split(","))
        write = one.method not in READS
        return tuple(
            activity
            for activity in self.rules.activities
            if activity.write in (None, write) and holds(activity.condition, one, marks)
        )

    def kind_of(self, one: Features) -> str:
        """Return the kind of content, empty where the rules do not know."""
        host = one.known_host
        if one.kind or host is None:
            return one.kind
        found = self.chosen_kinds.get(host.name)
        if found is None:
            found = self.chosen_kinds[host.name] = tuple(
                kind for kind in self.rules.kinds if on_host(kind.condition, host)
            )
        for kind in found:
            if match := kind.path.search(one.path):
                return kind.kind or kind.mapped.get(match[1] or "", "")
        return ""


def on_host(condition: Condition, host: Host | None) -> bool:
    """Say whether the parts of a condition that are about the host hold."""
    if condition.roles is not None and (host is None or host.role not in condition.roles):
        return False
    return condition.hosts is None or (host is not None and host.short in condition.hosts)


def holds(condition: Condition, one: Features, marks: frozenset[str]) -> bool:
    """Say whether every part of a condition holds."""
    if condition.known is not None and condition.known != bool(one.person):
        return False
    if condition.marks is not None and not condition.marks <= marks:
        return False
    if condition.not_marks is not None and condition.not_marks & marks:
        return False
    named = (
        (condition.agents, one.agent),
        (condition.networks, one.network),
        (condition.methods, one.method),
        (condition.kinds, one.kind),
        (condition.categories, one.category),
        (condition.organisations, one.organisation),
        (condition.signals, one.signal),
    )
    return all(part is None or value in part for part, value in named) and on_host(
        condition, one.known_host
    )
