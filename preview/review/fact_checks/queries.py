"""What is asked of fact checks: how far they are, and what was said of each fact."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from preview.review.fact_checks.models import CheckedFact, Checker, FactCheck, Verdict

TOLD = (Verdict.RIGHT, Verdict.WRONG)


@dataclass(frozen=True)
class Coverage:
    """How many facts somebody could tell something about, of how many; how many are wrong."""

    checked: int
    total: int
    wrong: int

    @property
    def percent(self) -> int:
        """The part that is checked, of 100; a page without facts is done."""
        return round(100 * self.checked / self.total) if self.total else 100


def facts_with_verdicts(asked: FactCheck) -> list[CheckedFact]:
    """Return the facts of a check with what was said of them."""
    found = asked.facts.select_related("given_to").prefetch_related("verdicts__checker")
    return list(found)


def coverage(facts: Iterable[CheckedFact]) -> Coverage:
    """Return how far a check is; a fact that was called wrong by anybody counts as wrong."""
    said: Counter[str] = Counter()
    for fact in facts:
        verdicts = {one.verdict for one in fact.verdicts.all()}
        said["total"] += 1
        said["checked"] += bool(verdicts & set(TOLD))
        said["wrong"] += Verdict.WRONG in verdicts
    return Coverage(said["checked"], said["total"], said["wrong"])


def checker_of(link_id: uuid.UUID, email: str) -> Checker | None:
    """Return the open check that somebody with a link was asked for, the newest one."""
    found = Checker.objects.filter(
        fact_check__link=link_id, email=email.lower(), fact_check__closed_at=None
    )
    return found.select_related("fact_check__version").order_by("-pk").first()
