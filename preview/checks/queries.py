"""What checks found, as pages and the API tell it."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from preview.checks.models import CheckRun, Dismissal, Finding, Severity
from preview.quality import RULES
from preview.rendering.models import Rendering


@dataclass(frozen=True)
class Badge:
    """How many things are to do: those that are new beside the live page and not dismissed.

    `state` is `waiting` until the checks of the rendering have run.
    """

    state: str
    errors: int = 0
    warnings: int = 0
    hints: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.errors + self.warnings + self.hints


@dataclass(frozen=True)
class Told:
    """A finding with why it matters and, where it was dismissed, by whom and why."""

    finding: Finding
    why: str
    dismissal: Dismissal | None = None


@dataclass(frozen=True)
class Report:
    """The checks of a rendering: `new` are to do, `known` are on the live page too."""

    badge: Badge
    run: CheckRun | None = None
    new: list[Told] = field(default_factory=list)
    known: list[Told] = field(default_factory=list)
    dismissed: list[Told] = field(default_factory=list)


def report(rendering: Rendering | None, draft_id: uuid.UUID) -> Report:
    """Return what the checks of a rendering found, in two queries after the run's own."""
    run = CheckRun.objects.filter(rendering=rendering).first() if rendering else None
    if run is None or run.state == CheckRun.State.FAILED:
        return Report(Badge("failed" if run else "waiting"), run)
    dismissals = {one.key: one for one in Dismissal.objects.filter(draft=draft_id)}
    told = [
        Told(one, why(one.rule), dismissals.get(one.key)) for one in Finding.objects.filter(run=run)
    ]
    new = [one for one in told if one.finding.is_new and one.dismissal is None]
    return Report(
        counted(one.finding for one in new),
        run,
        new=new,
        known=[one for one in told if not one.finding.is_new and one.dismissal is None],
        dismissed=[one for one in told if one.dismissal is not None],
    )


def why(rule: str) -> str:
    """Return why a rule matters; "" for one that there no longer is."""
    return RULES[rule].why if rule in RULES else ""


def counted(findings: Iterable[Finding]) -> Badge:
    """Return the badge of findings that are to do."""
    found = Counter(one.severity for one in findings)
    return Badge("done", found[Severity.ERROR], found[Severity.WARNING], found[Severity.HINT])


def badge(rendering: Rendering | None, draft_id: uuid.UUID) -> Badge:
    """Return how many things are to do, without reading them."""
    run = CheckRun.objects.filter(rendering=rendering).first() if rendering else None
    if run is None or run.state == CheckRun.State.FAILED:
        return Badge("failed" if run else "waiting")
    to_do = Finding.objects.filter(run=run, is_new=True).not_dismissed(draft_id).order_by()
    found = dict(to_do.values_list("severity").annotate(Count("id")))
    counts = (found.get(one, 0) for one in (Severity.ERROR, Severity.WARNING, Severity.HINT))
    return Badge("done", *counts)


def to_do(rendering: Rendering | None, draft_id: uuid.UUID) -> Report:
    """Return what is to do about a rendering whose `check_run` is at hand, in one query."""
    run = getattr(rendering, "check_run", None)
    if run is None or run.state == CheckRun.State.FAILED:
        return Report(Badge("failed" if run else "waiting"), run)
    found = list(Finding.objects.filter(run=run, is_new=True).not_dismissed(draft_id))
    return Report(counted(found), run, new=[Told(one, why(one.rule)) for one in found])
