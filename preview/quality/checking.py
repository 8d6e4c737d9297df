"""Running every rule over a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from preview.quality import checks
from preview.quality.finding import GRAVEST, Finding
from preview.quality.page import Around, Page
from preview.quality.registry import RULES

REGISTERED = checks.__name__
# An editor fixes a dozen of a kind at once; a page full of them must not fill the list.
MOST_OF_A_RULE = 50


def check_page(html: str, item: Mapping[str, Any], around: Around) -> tuple[Finding, ...]:
    """Return what is wrong with a page made of an item, the gravest first, then in reading order.

    Any HTML and any JSON object have an answer. More than 50 breaks of one rule are cut.
    """
    return found_by(Page.of(html, item, around), in_browser=False)


def check_seen(html: str, item: Mapping[str, Any], around: Around) -> tuple[Finding, ...]:
    """Return what a browser saw to be wrong with a page, as `check_page` does."""
    return found_by(Page.of(html, item, around), in_browser=True)


def found_by(page: Page, *, in_browser: bool) -> tuple[Finding, ...]:
    """Return what the rules find that need a browser, or those that need none."""
    found: dict[Finding, None] = {}
    for rule in RULES.values():
        if rule.in_browser is not in_browser:
            continue
        for spot in islice(rule.check(page), MOST_OF_A_RULE):
            one = Finding(
                rule.name, rule.severity, spot.sentence, spot.quote, spot.path, spot.pointer
            )
            found[one] = None
    return tuple(sorted(found, key=lambda one: GRAVEST[one.severity]))


def new_against(findings: Iterable[Finding], live: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that the live page does not have, as many times as it has fewer."""
    known = Counter(one.key for one in live)
    new = []
    for one in findings:
        if known[one.key]:
            known[one.key] -= 1
        else:
            new.append(one)
    return tuple(new)
