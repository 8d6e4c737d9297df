"""What axe-core finds in a browser: `accessibility.toml`, each rule in words for editors.

Nothing is found without a browser: `preview/checks/in_browser.py` brings what axe-core saw.

Source: axe-core 4.12, the names of its rules and its results; WCAG 2.2.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from preview.quality.page import Page
from preview.quality.registry import Spot, rule
from preview.quality.sentences import short
from preview.quality.violation import Violation

PREFIX = "axe-"
OTHER = "axe-other"
LONGEST_PLACE = 80


@cache
def words() -> dict[str, Any]:
    """Return the table: what is left to others, and the rules by axe-core's names for them."""
    found: dict[str, Any] = tomllib.loads(
        Path(__file__).with_suffix(".toml").read_text("utf-8"),
    )
    return found


def spots(page: Page, name: str, says: str) -> Iterator[Spot]:
    """Find what axe-core saw of one of its rules."""
    for one in page.around.violations:
        if one.rule == name:
            yield spot(page, one, says.replace("{it}", place(one)))


def others(page: Page) -> Iterator[Spot]:
    """Find what axe-core saw of rules that have no words here."""
    known = {*words()["rules"], *words()["left_to_others"]}
    for one in page.around.violations:
        if one.rule not in known:
            what = f"{one.help}: {place(one)}. Mend it, or ask for help with it."
            yield spot(page, one, what, f"{one.rule}: ")


def spot(page: Page, one: Violation, sentence: str, before: str = "") -> Spot:
    """Return where a violation is: its words, or its HTML where it has none."""
    found = (block.path for block in page.blocks if one.text and one.text in block.text)
    return Spot(sentence, before + (one.text or one.html), next(found, ""))


def place(one: Violation) -> str:
    """Return how a sentence names a place: by its words, else by its HTML."""
    return f"“{short(one.text or one.html, LONGEST_PLACE)}”"


def register(rules: Mapping[str, Mapping[str, Any]]) -> None:
    """Register every rule of the table, and the one for all others."""
    for name, told in rules.items():
        check = partial(spots, name=name, says=told["says"])
        rule(PREFIX + name, told["severity"], told["why"], in_browser=True)(check)
    why = "axe-core, which knows what hinders people with disabilities, says so."
    rule(OTHER, "warning", why, in_browser=True)(others)


register(words()["rules"])
