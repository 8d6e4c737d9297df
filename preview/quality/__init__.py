"""What is wrong with a page and what an editor should do about it. No network, no tables.

* `check_page(html, item, around)` → findings, the gravest first. `Around` brings the day, what is
  known of other pages (`known(path)`: True, False, or None where nobody knows) and which hosts are
  this site's, drafts' or test environments'.
* `check_seen(html, item, around)` → the same for what axe-core saw in a browser, which the caller
  brings as `around.violations`.
* `new_against(findings, live_findings)` → those that the live page does not have: what to show
  first. `Finding.key` stays the same while its passage does, for dismissals.
* `RULES` → every rule by name, with why it matters and how to fix it.

A check is a module of `checks/` with functions that register themselves; adding one touches one new
file. Texts in languages other than English are checked for structure, not for style. Spelling is
not checked: the word lists that kept libraries bring lack names, places and terms of government, so
that most of what they report is right.

Source: WCAG 2.2; GOV.UK style guide and content design guidance for facts and limits.
"""

from __future__ import annotations

from preview.quality.checking import check_page, check_seen, new_against
from preview.quality.finding import Finding, Severity
from preview.quality.page import Around
from preview.quality.registry import RULES, Rule
from preview.quality.violation import Violation

__all__ = [
    "RULES",
    "Around",
    "Finding",
    "Rule",
    "Severity",
    "Violation",
    "check_page",
    "check_seen",
    "new_against",
]
