"""Where an organisation stands, decided from its use, its proved silence and its talks.

28 days without use are four weekly copies from production. For somebody who used integration once a
month they prove little: with a rate of λ sessions a week, silence is convincing (95 %) only after
3/λ weeks, since e⁻³ is 5 %. So `migrated` needs max(28 days, 3/λ), at most 90, of days that are
proved to be without use. Days on which a source was silent prove nothing and do not count.

Source: the rule of three for events that were not seen; Poisson arrivals.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import ceil

FEWEST_DAYS, MOST_DAYS = 28, 90
QUIET_DAYS = 14
RATE_WEEKS, FEWEST_RATE_WEEKS = 26, 4
REGRESSED_DAYS = 90
MOVING_SHARE, MOVING_WEEKS = 0.5, 2

WORDS = {
    "not_contacted": "Not contacted",
    "contacted": "Contacted",
    "piloting": "Piloting",
    "moving": "Moving",
    "quiet": "Quiet",
    "migrated": "Migrated",
    "closed": "Closed",
    "regressed": "Regressed",
    "blocked": "Blocked",
    "exempt": "Exempt",
}
DONE = frozenset({"migrated", "closed"})


@dataclass(frozen=True)
class Case:
    """What is known of an organisation on a day.

    `sessions` counts remaining use by day. `proved` are the days, sorted, on which every source
    delivered. `known_since` is the first day of any data. `displacement` holds the shares of
    production in the last complete weeks, newest last, None where there was no use at all.
    """

    today: date
    sessions: Mapping[date, int]
    proved: Sequence[date]
    known_since: date
    stage: str = "not_contacted"
    displacement: Sequence[float | None] = ()
    blocked_by: str = ""
    exempt_until: date | None = None
    accounts_closed_at: date | None = None

    @cached_property
    def used(self) -> list[date]:
        """Return the days of use, sorted."""
        return sorted(day for day, number in self.sessions.items() if number and day <= self.today)

    @property
    def last_use(self) -> date | None:
        """Return the last day of use."""
        return self.used[-1] if self.used else None

    @property
    def silent(self) -> int:
        """Return how many days since the last use are proved to be without any."""
        after = self.last_use or self.known_since - timedelta(days=1)
        return self.proved_between(after, self.today + timedelta(days=1))

    @property
    def needed(self) -> int:
        """Return how many proved days without use are convincing."""
        return days_needed(self.rate)

    @property
    def rate(self) -> float:
        """Return sessions a week while there was use."""
        return self.rate_until(self.last_use) if self.last_use else 0.0

    def proved_between(self, after: date, before: date) -> int:
        """Return how many proved days lie between two days, without either."""
        return max(0, bisect_left(self.proved, before) - bisect_right(self.proved, after))

    def rate_until(self, last: date) -> float:
        """Return sessions a week in the 26 weeks up to a day of use, or since data begins."""
        first = max(self.known_since, last - timedelta(weeks=RATE_WEEKS) + timedelta(days=1))
        weeks = max(FEWEST_RATE_WEEKS, ((last - first).days + 1) / 7)
        return sum(self.sessions[day] for day in self.used if first <= day <= last) / weeks

    @cached_property
    def came_back(self) -> date | None:
        """Return the last day of use that ended a convincing silence, or came after the end."""
        closed = self.accounts_closed_at
        late = [day for day in self.used if closed and day > closed]
        found = late[-1] if late else None
        for before, after in zip(self.used, self.used[1:], strict=False):
            if self.proved_between(before, after) >= days_needed(self.rate_until(before)):
                found = max(found or after, after)
        return found


@dataclass(frozen=True)
class Standing:
    """A state and, in a sentence, what it rests on."""

    state: str
    why: str


def days_needed(rate: float) -> int:
    """Return the proved days without use that make an organisation migrated."""
    if rate <= 7 * 3 / MOST_DAYS:
        return MOST_DAYS
    return min(MOST_DAYS, max(FEWEST_DAYS, ceil(7 * 3 / rate)))


def standing(case: Case) -> Standing:
    """Return the first state that holds."""
    for state, rule in RULES:
        if why := rule(case):
            return Standing(state, why)
    return Standing(
        case.stage, f"In use, last on {case.last_use}." if case.used else "No use seen."
    )


def closed(case: Case) -> str:
    """Say that the accounts were removed, and nothing came after."""
    at = case.accounts_closed_at
    if at is None or at > case.today or (case.last_use and case.last_use > at):
        return ""
    return f"Its accounts were removed on {at}."


def migrated(case: Case) -> str:
    """Say that the silence is convincing; never on a day on which nobody knows."""
    newest = case.proved[-1] if case.proved else None
    fresh = newest is not None and newest >= case.today - timedelta(days=1)
    if not fresh or case.silent < case.needed:
        return ""
    return f"{case.silent} proved days without use; {case.needed} are convincing at its rate."


def regressed(case: Case) -> str:
    """Say that it was migrated and came back."""
    back = case.came_back
    if back is None or back < case.today - timedelta(days=REGRESSED_DAYS):
        return ""
    return f"It was migrated and used integration again on {back}."


def exempt(case: Case) -> str:
    """Say that it need not move yet."""
    until = case.exempt_until
    return f"Exempt until {until}." if until and until >= case.today else ""


def quiet(case: Case) -> str:
    """Say that it stopped, and that it is too early to say for good."""
    if case.silent < QUIET_DAYS or not case.used:
        return ""
    return (
        f"Quiet, too early to say: {case.silent} proved days without use of the "
        f"{case.needed} that are convincing at {case.rate:.2g} sessions a week."
    )


def moving(case: Case) -> str:
    """Say that most of its previews are in production, two weeks in a row."""
    last = list(case.displacement)[-MOVING_WEEKS:]
    shares = [share for share in last if share is not None and share >= MOVING_SHARE]
    if len(last) < MOVING_WEEKS or len(shares) < MOVING_WEEKS:
        return ""
    return f"{round(100 * shares[-1])}% of its previews were in production last week."


def blocked(case: Case) -> str:
    """Say what most of its use waits for."""
    return f"Most of its use waits for: {case.blocked_by}." if case.blocked_by else ""


RULES: tuple[tuple[str, Callable[[Case], str]], ...] = (
    ("closed", closed),
    ("migrated", migrated),
    ("regressed", regressed),
    ("exempt", exempt),
    ("quiet", quiet),
    ("moving", moving),
    ("blocked", blocked),
)
