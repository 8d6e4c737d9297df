"""Checks: each rule by cases that break it and cases that do not, any page by properties."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.quality import RULES, Around, check_page, new_against

CASES = (Path(__file__).parent / "cases" / "rules.txt").read_text("utf-8")
CASE = re.compile(r"^<<< ([a-z-]+)( not)?(?:: (.*))?\n((?:(?!<<< ).*\n)*)", re.MULTILINE)
PAGES = {"/fees": True, "/nowhere": False}
AROUND = Around(datetime(2026, 11, 25, 9, tzinfo=UTC), PAGES.get)
ITEM = {
    "schema_name": "answer",
    "locale": "en",
    "title": "Mooring fees",
    "description": "What a berth costs in each harbour",
}
TAGS = ["<p>", "</p>", "<h2>", "<h1>", "</h2>", "<table>", "<tr>", "<th>", "<td>", "<a href=' '>"]
TAGS += ["<a href='http://[x'>", "<a href='/x'>", "</a>", "<img>", "<img alt='x.png'>", "<b>"]
TAGS += ["<li>", "<div id=a>", "<pre>", "<p lang=cy>", "click here", "31 June 2026", "XX", "£5"]


def broken(html: str, item: dict[str, Any]) -> set[str]:
    """Return the names of the rules that a page breaks."""
    return {one.rule for one in check_page(html, {**ITEM, **item}, AROUND)}


@pytest.mark.parametrize(("rule", "negated", "item", "html"), CASE.findall(CASES))
def test_a_rule_is_broken_as_its_case_says(rule: str, negated: str, item: str, html: str) -> None:
    found = broken(f"<main>{html.strip()}</main>", json.loads(item or "{}"))
    assert (rule in found) is not bool(negated)


def test_every_rule_has_cases_of_both_sorts() -> None:
    cases = {(rule, bool(negated)) for rule, negated, _, _ in CASE.findall(CASES)}
    assert len(CASE.findall(CASES)) == CASES.count("<<< ")
    without_browser = {name for name, one in RULES.items() if not one.in_browser}
    assert {name for name, negated in cases if not negated} == without_browser
    assert {name for name, negated in cases if negated} == without_browser


def test_a_good_page_has_no_findings() -> None:
    html = (
        '<h2 id="pay">Pay the fee</h2><p>You can <a href="/fees">pay the mooring fee</a>'
        " from 3 May 2027.</p><table><tr><th>Berth</th><th>Fee</th></tr><tr><td>North</td>"
        '<td>£20</td></tr></table><p><img src="/a.jpg" alt="A quay at low tide"></p>'
    )
    assert check_page(f"<main>{html}</main>", ITEM, AROUND) == ()


def test_every_finding_says_what_to_do_and_why() -> None:
    html = "".join(html for _, negated, _, html in CASE.findall(CASES) if not negated)
    for one in check_page(f"<main>{html}</main>", {}, AROUND):
        assert one.sentence.endswith((".", "”", ")")) or one.quote in one.sentence
        assert len(one.sentence) < 400
        assert RULES[one.rule].why.endswith(".")
        assert one.severity == RULES[one.rule].severity


def test_the_gravest_come_first() -> None:
    html = '<main><p>via 3rd May</p><h3>x</h3><a href="/nowhere">a page</a></main>'
    ranks = [
        {"error": 0, "warning": 1, "hint": 2}[one.severity]
        for one in check_page(html, ITEM, AROUND)
    ]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_only_what_an_editor_wrote_is_checked() -> None:
    html = (
        '<body><a href="/nowhere">Menu</a><main><h1>Mooring fees</h1>'
        '<div class="gem-c-govspeak"><p>Pay at the office.</p></div></main></body>'
    )
    assert check_page(html, ITEM, AROUND) == ()


def test_what_the_live_page_has_as_well_is_not_new() -> None:
    old = '<main><p>Open via the gate.</p><img src="/a.jpg"></main>'
    new = (
        '<main><p>New first line.</p><p>Open via the gate.</p><img src="/a.jpg"><img src="/b.jpg">'
    )
    before, after = (check_page(html, ITEM, AROUND) for html in (old, new))
    assert [one.quote for one in new_against(after, before)] == ["/b.jpg"]
    assert new_against(before, before) == ()


def test_texts_in_another_language_are_checked_for_structure_only() -> None:
    html = "<main><p>Mae'r harbwr ar agor bob dydd ac mae gan bawb yr hawl i hwylio</p><h4>x</h4>"
    found = broken(html, {"locale": "cy"})
    assert found == {"heading-order", "heading-without-text"}


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=6), max_size=30).map("".join))
def test_any_page_has_an_answer(html: str) -> None:
    for one in check_page(html, {}, AROUND):
        assert one.sentence


@given(
    st.dictionaries(
        st.sampled_from(["title", "description", "details", "locale", "schema_name", "links"]),
        st.none() | st.integers() | st.text(max_size=5) | st.just({"attachments": [{}, 1]}),
    )
)
def test_any_item_has_an_answer(item: dict[str, Any]) -> None:
    assert all(one.sentence for one in check_page("<p>Text.</p>", item, AROUND))


LARGE = ["a" * 200_000, "A. " * 30_000, "by " * 30_000, "x@" * 30_000, "[insert " * 20_000]
LARGE += ["{{" * 30_000, "<a href='#'>" * 8_000, "<b>x" * 8_000, "AB " * 30_000, "1/1/" * 30_000]
LARGE += ["<table><tr>" + "<th colspan=9>" * 8_000, "closing " * 30_000, "<h2>a</h2>" * 4_000]
LARGE += ["?" * 99_999, "AB CD&" * 20_000, "_" * 99_999, "a@b." * 30_000]


@pytest.mark.parametrize("text", LARGE, ids=lambda text: text[:8])
def test_large_pages_have_an_answer(text: str) -> None:
    assert len(check_page(f"<main><p>{text}</p></main>", ITEM, AROUND)) < 50 * len(RULES)
