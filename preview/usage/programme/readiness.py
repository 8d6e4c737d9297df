"""How ready an organisation is to do without integration: a score of 100 that shows its parts.

It orders what to do next. It does not rank departments, and is shown without a league table.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

CAPABILITY, DISPLACEMENT, NO_BLOCKER, CONTACT, TREND = 40, 25, 15, 10, 10
CONTACT_SHARE = {"not_contacted": 0.0, "contacted": 0.5, "piloting": 1.0}


@dataclass(frozen=True)
class Facts:
    """What the score is made of.

    `could_move` and `blocked` count sessions of 90 days whose kind is known. `displacement` is the
    share of previews that are in production, None without any. `now` and `before` count the
    sessions of the last 28 days and of the 28 before.
    """

    could_move: int
    blocked: int
    displacement: float | None
    open_blockers: int
    stage: str
    now: int
    before: int


@dataclass(frozen=True)
class Readiness:
    """Points by part; their sum is the score."""

    capability: int
    displacement: int
    no_blocker: int
    contact: int
    trend: int

    @property
    def score(self) -> int:
        """Return the score, 0 to 100."""
        return sum(asdict(self).values())


def readiness(facts: Facts) -> Readiness:
    """Return the points. Without any use nothing is left that production could not show."""
    known = facts.could_move + facts.blocked
    capable = facts.could_move / known if known else float(facts.now == 0)
    return Readiness(
        capability=round(CAPABILITY * capable),
        displacement=round(DISPLACEMENT * (facts.displacement or 0.0)),
        no_blocker=0 if facts.open_blockers else NO_BLOCKER,
        contact=round(CONTACT * CONTACT_SHARE.get(facts.stage, 0.0)),
        trend=round(TREND * falling(facts.now, facts.before)),
    )


def falling(now: int, before: int) -> float:
    """Return how much less use there is than before: 1 for none left, 0 for no less."""
    if now == 0:
        return 1.0
    return max(0.0, 1 - now / before) if before else 0.0
