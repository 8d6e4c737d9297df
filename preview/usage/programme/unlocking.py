"""Which blocker to resolve next: the one that frees most organisations, step by step.

A blocker is worth what it unlocks alone: the organisations all of whose open needs it meets. Since
many organisations wait for two things, the order is greedy: after each step the next one is judged
by what is left. Where no single one frees anybody, the one that meets most sessions comes next.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something an organisation waits for: a reason, for a kind; how many sessions show it."""

    organisation: str
    reason: str
    kind: str
    sessions: int


@dataclass(frozen=True)
class Remedy:
    """A blocker as far as it matters here: what resolving it would meet. No kinds means all."""

    id: int
    reason: str
    kinds: frozenset[str] = frozenset()

    def meets(self, need: Need) -> bool:
        """Say whether the need is gone once this is resolved."""
        return need.reason == self.reason and (not self.kinds or need.kind in self.kinds)


@dataclass(frozen=True)
class Value:
    """What a blocker is worth: alone, and in its place of the order."""

    id: int
    organisations: tuple[str, ...]
    sessions: int
    touched: int
    step: int
    then_free: tuple[str, ...]


def freed(needs: Sequence[Need], remedies: Collection[Remedy]) -> set[str]:
    """Return the organisations all of whose needs the remedies meet together."""
    waiting = {need.organisation for need in needs if not any(one.meets(need) for one in remedies)}
    return {need.organisation for need in needs} - waiting


def sessions_met(needs: Sequence[Need], remedies: Collection[Remedy]) -> int:
    """Return how many sessions would have had no reason."""
    return sum(need.sessions for need in needs if any(one.meets(need) for one in remedies))


def in_order(needs: Sequence[Need], remedies: Sequence[Remedy]) -> list[Value]:
    """Return every blocker with its worth, in the order in which to resolve them."""
    left, done, found = sorted(remedies, key=lambda one: one.id), list[Remedy](), list[Value]()
    while left:
        before, met = freed(needs, done), sessions_met(needs, done)

        def gain(one: Remedy, before: set[str] = before, met: int = met) -> tuple[int, int, int]:
            now = [*done, one]
            more = len(freed(needs, now) - before)
            return -more, met - sessions_met(needs, now), one.id

        best = min(left, key=gain)
        left.remove(best)
        done.append(best)
        found.append(value(best, needs, len(done), freed(needs, done) - before))
    return found


def value(one: Remedy, needs: Sequence[Need], step: int, free: set[str]) -> Value:
    """Return what a blocker is worth."""
    alone = freed(needs, [one])
    return Value(
        id=one.id,
        organisations=tuple(sorted(alone)),
        sessions=sum(need.sessions for need in needs if need.organisation in alone),
        touched=sessions_met(needs, [one]),
        step=step,
        then_free=tuple(sorted(free)),
    )


def unmet(needs: Sequence[Need], remedies: Sequence[Remedy]) -> dict[str, int]:
    """Return the sessions by reason that no blocker on the list would meet."""
    found: dict[str, int] = {}
    for need in needs:
        if not any(one.meets(need) for one in remedies):
            found[need.reason] = found.get(need.reason, 0) + need.sessions
    return found
