"""What axe-core saw, told to editors."""

from __future__ import annotations

import importlib.util
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from preview.quality import RULES, Around, Finding, Violation, check_page, check_seen
from preview.quality.checks.accessibility import words

HTML = "<main><h1>Tides</h1><p>Low water is at dawn.</p></main>"
NOW = datetime(2026, 5, 4, tzinfo=UTC)


def told(*violations: Violation) -> list[Finding]:
    """Return what is told of violations."""
    return list(check_seen(HTML, {"title": "Tides"}, Around(NOW, violations=violations)))


def axe_core() -> str:
    """Return the source of axe-core that the browser tests use."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.submodule_search_locations
    return (Path(found.submodule_search_locations[0]) / "axe.min.js").read_text("utf-8")


def test_every_rule_is_one_of_axe_core() -> None:
    known = set(re.findall(r'\bid:"([a-z0-9-]+)"', axe_core()))
    assert "color-contrast" in known
    assert {*words()["rules"], *words()["left_to_others"]} <= known


@pytest.mark.parametrize("name", words()["rules"])
def test_every_rule_says_where_what_and_why(name: str) -> None:
    [found] = told(Violation(name, "Axe's words", "Low water is at dawn.", "<p>"))
    assert found.rule == f"axe-{name}"
    assert found.sentence.endswith((".", "”"))
    assert "{" not in found.sentence
    assert found.path, "the block that holds the words"
    assert RULES[found.rule].why.endswith(".")
    without_words = told(Violation(name, "Axe's words", "", '<svg role="img">'))
    assert without_words[0].key != found.key


def test_a_rule_without_words_here_is_told_in_those_of_axe_core() -> None:
    [found] = told(Violation("brand-new", "Rings must not ring", "Low water is at dawn."))
    assert (found.rule, found.severity) == ("axe-other", "warning")
    assert "Rings must not ring: “Low water is at dawn.”" in found.sentence
    [another] = told(Violation("newer", "Bells must not ring", "Low water is at dawn."))
    assert another.key != found.key


@pytest.mark.parametrize("name", words()["left_to_others"])
def test_what_other_checks_find_is_not_told_twice(name: str) -> None:
    assert told(Violation(name, "Axe's words", "Low water is at dawn.")) == []


def test_braces_and_markup_in_a_page_are_words() -> None:
    [found] = told(Violation("list", "Axe's words", "{it} {0} %s <b>"))
    assert "“{it} {0} %s <b>”" in found.sentence


def test_without_a_browser_nothing_of_it_is_found() -> None:
    seen = Around(NOW, violations=(Violation("list", "Axe's words", "Low water is at dawn."),))
    assert not [one for one in check_page(HTML, {}, seen) if one.rule.startswith("axe-")]
