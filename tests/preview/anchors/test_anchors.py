"""Re-anchoring: by cases with the passage in [[brackets]], by properties, never wrongly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from preview.anchors import Anchor, Passages, place
from preview.anchors.anchor import normal

CASES = (Path(__file__).parent / "cases" / "placed.txt").read_text("utf-8")
CASE = re.compile(r"^<<< (.*)\n((?:.*\n)*?)--- after\n((?:.*\n)*?)--- state\n(\w+)\n", re.MULTILINE)
OPENS, CLOSES = "[[", "]]"
WORDS = [
    "a",
    "quay",
    "£20",
    "open,",
    "the",
    "The",
    "daily.",
    "港口",
    "isn't",
    "🚢",
    "north",
    "gate",
]
PARAGRAPH = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
PAGE = st.lists(PARAGRAPH, min_size=1, max_size=10)


def marked(html: str) -> tuple[Passages, int, int]:
    """Return a page and where in its text the marked passage is; (0, 0) where none is marked."""
    text = Passages.of(html).text
    if OPENS not in text:
        return Passages.of(html), 0, 0
    start = text.index(OPENS)
    end = text.index(CLOSES) - len(OPENS)
    return Passages.of(html.replace(OPENS, "").replace(CLOSES, "")), start, end


@pytest.mark.parametrize(
    ("name", "old", "new", "state"), CASE.findall(CASES), ids=lambda one: str(one)[:50]
)
def test_a_passage_is_placed_as_its_case_says(name: str, old: str, new: str, state: str) -> None:
    version, start, end = marked(old)
    later, first, last = marked(new)
    found = place(version.anchor(start, end), later)
    assert (found.state, found.quote) == (state, later.text[first:last])
    assert (found.start, found.end) == (first, last)
    assert found.sentence.endswith(".")


def test_there_are_enough_cases() -> None:
    assert len(CASE.findall(CASES)) == CASES.count("<<< ") >= 65


def html_of(page: list[str]) -> str:
    """Return a page of paragraphs."""
    return "".join(f"<p>{text}</p>" for text in page)


@given(PAGE, st.data())
def test_anchors_of_an_unchanged_text_are_exact(page: list[str], data: st.DataObject) -> None:
    passages = Passages.of(html_of(page))
    start = data.draw(st.integers(0, len(passages.text) - 1))
    end = data.draw(st.integers(start + 1, len(passages.text)))
    assume(passages.text[start:end].strip())
    anchor = passages.anchor(start, end)
    found = place(anchor, passages)
    assert (found.state, found.score, found.quote) == ("exact", 1.0, anchor.quote)
    assert found.start == start + len(passages.text[start:end]) - len(
        passages.text[start:end].lstrip()
    )


@given(PAGE, PAGE, st.data())
def test_a_placement_is_within_the_text_and_of_words(
    page: list[str], other: list[str], data: st.DataObject
) -> None:
    passages, later = Passages.of(html_of(page)), Passages.of(html_of(other))
    anchor = passages.anchor_block(data.draw(st.integers(0, len(passages.blocks) - 1)))
    found = place(anchor, later)
    assert later.text[found.start : found.end] == found.quote
    assert (found.state == "lost") == (not found.quote)
    assert 0 <= found.score <= 1
    if found.state in ("exact", "moved"):
        assert found.quote == anchor.quote


@given(st.text(), st.text(), st.text(), st.text())
def test_any_selector_and_any_page_have_an_answer(a: str, b: str, c: str, html: str) -> None:
    anchor = Anchor.from_selector({"exact": a, "prefix": b, "suffix": c})
    place(anchor, Passages.of(html))
    place(Anchor(a, b, c), Passages.of(html))
    assert len(normal(a)) == len(a)


def test_the_form_of_the_web_annotation_model_is_read_and_written() -> None:
    passages = Passages.of("<p>Pay the mooring fee at the office.</p>")
    anchor = passages.anchor(4, 19)
    assert anchor.selector() == {
        "type": "TextQuoteSelector",
        "exact": "the mooring fee",
        "prefix": "Pay ",
        "suffix": " at the office.",
    }
    again = Anchor.from_selector(anchor.selector())
    assert place(again, passages).start == 4
    assert place(Anchor.from_selector({"exact": 7}), passages).state == "lost"


def test_a_passage_without_words_has_no_anchor() -> None:
    passages = Passages.of("<p>a</p><p>b</p>")
    with pytest.raises(ValueError, match="words"):
        passages.anchor(1, 2)


NAMES = ["North", "South", "East", "West", "Old", "New", "Upper", "Lower"]


@given(st.permutations(NAMES), st.integers(0, 7))
def test_a_row_that_was_removed_is_never_placed_at_one_like_it(names: list[str], at: int) -> None:
    rows = [f"{name} berth is open all year" for name in names]
    passages = Passages.of("".join(f"<li>{row}</li>" for row in rows))
    later = Passages.of("".join(f"<li>{row}</li>" for row in [*rows[:at], *rows[at + 1 :]]))
    assert place(passages.anchor_block(at), later).state == "lost"


@given(st.permutations(NAMES), st.integers(0, 7))
def test_rows_in_another_order_keep_their_comments(names: list[str], at: int) -> None:
    rows = [f"{name} berth is open all year" for name in NAMES]
    shuffled = [f"{name} berth is open all year" for name in names]
    passages = Passages.of("".join(f"<li>{row}</li>" for row in rows))
    later = Passages.of("".join(f"<li>{row}</li>" for row in shuffled))
    found = place(passages.anchor_block(at), later)
    assert found.quote in (rows[at], "")


@pytest.mark.parametrize("text", ["a " * 200_000, "the fee is £20. " * 30_000, "x" * 300_000])
def test_large_repetitive_texts_have_an_answer(text: str) -> None:
    passages = Passages.of(f"<p>{text}</p>")
    anchor = passages.anchor(100, 4000)
    assert place(anchor, passages).state == "exact"
    assert place(Anchor("quay " * 800, "gate", "lock", "/paragraph[1]"), passages).state == "lost"
