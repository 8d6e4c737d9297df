"""The facts that are found, and what is not one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.facts import facts_of, kinds
from preview.reading import read

CASES = tomllib.loads((Path(__file__).parent / "cases/sentences.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:40])
def test_the_facts_of_a_sentence_are_found(case: dict[str, Any]) -> None:
    found = facts_of(read(f"<p>{case['text']}</p>"))
    assert [f"{one.kind}: {one.text}" for one in found] == case["facts"]


def test_a_fact_names_its_sentence_and_its_block() -> None:
    html = "<h2>Fees</h2><p>Nothing first. The fee is £25. Nothing last.</p>"
    [fact] = facts_of(read(html))
    assert fact.sentence == "The fee is £25."
    assert fact.path.startswith("fees/")


def test_links_and_tables_are_read_too() -> None:
    html = '<table><tr><td>1 May 2026</td><td><a href="/tides">Tides</a></td></tr></table>'
    found = facts_of(read(html))
    assert [(one.kind, one.text) for one in found] == [("date", "1 May 2026"), ("link", "/tides")]


def test_a_key_stays_while_the_sentence_does() -> None:
    before = facts_of(read("<p>The fee is £25. Call 0300 123 4567.</p>"))
    after = facts_of(read("<p>New.</p><p>The fee is £25. Call 0300 123 4568.</p>"))
    assert before[0].key == after[0].key
    assert before[1].key != after[1].key


def test_the_same_fact_twice_has_two_keys() -> None:
    found = facts_of(read("<p>It is £25.</p><p>It is £25.</p>"))
    assert len({one.key for one in found}) == 2


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_any_text_has_an_answer_whose_words_stand_in_it(text: str) -> None:
    for block in read(f"<p>{text.replace('<', '')}</p>"):
        for fact in facts_of([block]):
            assert fact.kind == "link" or fact.text in " ".join(block.text.split())


HOSTILE = ["9" * 20000, "1 " * 10000, "A " * 10000 + "Act 2020", "a@" * 9000]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:4])
def test_hostile_texts_are_read_and_no_words_are_made_up(text: str) -> None:
    blocks = read(f"<p>{text}</p>")
    for fact in facts_of(blocks):
        assert fact.text in blocks[0].text


def test_kinds_are_told_apart_by_their_order() -> None:
    assert [one.name for one in kinds()][-1] == "figure"
