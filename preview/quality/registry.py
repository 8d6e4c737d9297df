"""Rules, each under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from preview.quality.finding import Severity
from preview.quality.page import Page


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a rule is broken, and the sentence that says what to do."""

    sentence: str
    quote: str = ""
    path: str = ""
    pointer: str = ""


Check = Callable[[Page], Iterator[Spot]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: how grave a break is, why it matters, and how breaks are found.

    `in_browser` says that they are found by what a browser saw of the page.
    """

    name: str
    severity: Severity
    why: str
    check: Check
    in_browser: bool = False


RULES: dict[str, Rule] = {}


def rule(
    name: str, severity: Severity, why: str, *, in_browser: bool = False
) -> Callable[[Check], Check]:
    """Register a rule; its function yields a spot for each break, in reading order."""

    def register(check: Check) -> Check:
        RULES[name] = Rule(name, severity, why, check, in_browser)
        return check

    return register
