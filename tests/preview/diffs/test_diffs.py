"""Comparison: what people are told by cases, nothing lost by properties, time by growth."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from preview.diffs import (
    RichDiff,
    after,
    as_text,
    before,
    compare_html,
    compare_items,
    inline,
    same_to_a_reader,
    side_by_side,
)
from preview.diffs.texts import compare_texts
from preview.reading import read

CASES = Path(__file__).parent / "cases"
CASE = re.compile(
    r"^<<< (.*)\n((?:.*\n)*?)--- after\n((?:.*\n)*?)--- told\n((?:(?!<<< ).*\n?)*)", re.MULTILINE
)
ITEM = {
    "content_id": "5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101",
    "locale": "en",
    "schema_name": "publication",
    "document_type": "guidance",
    "base_path": "/harbours",
    "title": "Harbours",
    "description": "All harbours",
    "update_type": "major",
    "public_updated_at": "2026-03-01T09:30:00Z",
    "details": {"body": "<p>All harbours are open.</p>"},
    "links": {},
}
VOCABULARY = ["a", "b", "c", "quay", "£20", "open,", "the", "The", "港口", ".", "isn't", "🚢"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=30)
TEXTS = WORDS.map(" ".join)
PARAGRAPHS = st.lists(TEXTS, max_size=12)
MEMBERS = ["body", "title", "parts", "attachments", "image", "links", "details", "url", "id"]
MEMBERS += ["slug", "redirects", "path", "access_limited", "content_id", "content_type", "content"]
MEMBERS += ["taxons", "closing_date", "change_history", "withdrawn_notice", "locale"]
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<li>", "<ul>", "</ul>", "<h2>", "</h2>", "<table>", "<tr>", "<td>"),
        *("<th colspan=3>", "</table>", "<br>", "<b>", "</b>", "<a href='/x'>", "</a>", "<pre>"),
        *("<img alt='y'>", "<div hidden>", "<caption>", "<dl>", "<dt>", "<!-- ", "-->", "<", "&"),
    ]
)
SOUP = st.lists(TAGS | st.text(max_size=6), max_size=40).map("".join)


def cases(name: str) -> list[tuple[str, str, str, str]]:
    """Return name, earlier, later and what is told, of every case of a file."""
    return CASE.findall((CASES / name).read_text("utf-8"))


def merged(item: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return an item with changes, member by member; "DROP" takes one away."""
    found = dict(item)
    for name, value in changes.items():
        if value == "DROP":
            found.pop(name, None)
        elif isinstance(value, dict) and isinstance(found.get(name), dict):
            found[name] = merged(found[name], value)
        else:
            found[name] = value
    return found


@pytest.mark.parametrize(
    ("name", "old", "new", "told"), cases("rich.txt"), ids=lambda one: one[:40]
)
def test_a_rich_text_is_told_as_its_case_says(name: str, old: str, new: str, told: str) -> None:
    assert as_text(compare_html(old, new)).strip() == told.strip()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"), cases("items.txt"), ids=lambda one: one[:40]
)
def test_an_item_is_told_as_its_case_says(name: str, old: str, new: str, told: str) -> None:
    earlier, later = (merged(ITEM, json.loads(changes)) for changes in (old, new))
    assert as_text(compare_items(earlier, later)).strip() == told.strip()


def test_there_are_enough_cases() -> None:
    assert len(cases("rich.txt")) + len(cases("items.txt")) >= 100


@given(TEXTS, TEXTS)
def test_the_spans_of_two_texts_make_both_again(old: str, new: str) -> None:
    spans, _ = compare_texts(old, new)
    assert "".join(one.text for one in spans if one.state != "removed") == new
    assert "".join(one.text for one in spans if one.state != "added") == old


@given(st.text(), st.text())
def test_any_text_is_made_again(old: str, new: str) -> None:
    spans, _ = compare_texts(old, new)
    assert "".join(one.text for one in spans if one.state != "removed") == new
    assert "".join(one.text for one in spans if one.state != "added") == old


@given(SOUP, SOUP)
def test_the_blocks_of_two_pages_make_both_again(old: str, new: str) -> None:
    found = compare_html(old, new)
    assert after(found.blocks) == [block.text for block in read(new)]
    assert before(found.blocks) == [block.text for block in read(old)]


@given(PARAGRAPHS, PARAGRAPHS)
def test_paragraphs_make_both_again(old: list[str], new: list[str]) -> None:
    pages = ["".join(f"<p>{text}</p>" for text in texts) for texts in (old, new)]
    found = compare_html(*pages)
    assert after(found.blocks) == [block.text for block in read(pages[1])]
    assert before(found.blocks) == [block.text for block in read(pages[0])]


@given(SOUP)
def test_a_page_has_no_difference_to_itself(html: str) -> None:
    found = compare_html(html, html)
    assert not found
    assert same_to_a_reader(html, html)
    assert not inline(found, context=0).count("<ins")


@given(SOUP, SOUP)
@example("0", "<div hidden>0")
@example("<p hidden>0</p>", "<p hidden>1</p>")
def test_pages_that_are_the_same_to_a_reader_have_no_difference(old: str, new: str) -> None:
    if same_to_a_reader(old, new):
        assert not compare_html(old, new)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8) | SOUP,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(MEMBERS),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_object_has_an_answer(value: Any) -> None:
    item = value if isinstance(value, dict) else {"details": value, "title": value}
    assert not compare_items(item, item)
    for pair in ((ITEM, item), (item, ITEM), (None, item), (item, None)):
        found = compare_items(*pair)
        assert as_text(found)
        inline(found)
        side_by_side(found)


HOSTILE = '<p>&lt;script&gt;a()&lt;/script&gt; <a href="javascript:b()">x"onclick=</a></p>'


@pytest.mark.parametrize("show", [inline, side_by_side])
def test_what_is_shown_is_text_whatever_the_versions_held(show: Any) -> None:
    item = merged(ITEM, {"title": "<img src=x onerror=a()>", "details": {"body": HOSTILE}})
    root = lxml_html.fromstring(f"<div>{show(compare_items(ITEM, item))}</div>")
    assert {element.tag for element in root.iter()} <= {
        *("div", "section", "h3", "p", "ins", "del", "span", "strong", "ul", "li", "dl", "dt"),
        *("dd", "table", "thead", "tbody", "tr", "th", "td", "br"),
    }
    assert {name for element in root.iter() for name in element.attrib} <= {"class", "scope"}


def test_changes_are_told_in_words_and_never_by_labels() -> None:
    html = inline(compare_html("<p>Open at nine.</p>", "<p>Open at ten.</p>"))
    root = lxml_html.fromstring(f"<div>{html}</div>")
    assert root.xpath("string(//del)").startswith("Removed: nine")
    assert root.xpath("string(//ins)").startswith("Added: ten")
    assert not root.xpath("//@aria-label")
    assert [one.get("class") for one in root.xpath("//ins/span | //del/span")] == [
        "govuk-visually-hidden"
    ] * 4


def test_each_side_shows_only_its_own_words() -> None:
    shown = side_by_side(compare_html("<p>Open at nine.</p>", "<p>Open at ten.</p>"))
    root = lxml_html.fromstring(f"<div>{shown}</div>")
    left, right = (one.text_content() for one in root.xpath("//tbody/tr/td"))
    assert "nine" in left
    assert "ten" not in left
    assert "ten" in right
    assert "nine" not in right


def test_parts_far_from_a_change_are_counted_and_not_shown() -> None:
    text = "".join(f"<p>Line {n} of the text.</p>" for n in range(20))
    found = compare_html(text, text + "<p>A new end to it.</p>")
    assert "18 parts that did not change" in inline(found)
    assert "Line 3 of" in inline(found, context=None)


PAGE = "<html><head><title>T</title><meta name='description' content='d'>{}</head><body>{}</body>"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (("", "<p>a</p>"), ("<meta name='govuk:updated-at' content='2026'>", "<p>a</p>"), True),
        (("", "<p>a</p>"), ("<meta name='govuk:updated-at' content='2027'>", "<p>a</p>"), True),
        (("", "<p>a</p>"), ("", "<p>a</p><div data-preview-furniture><p>x</p></div>"), True),
        (("", "<p>a</p>"), ("", "<p id='z' data-x='1'>a</p>"), True),
        (("", "<p>a</p>"), ("<script>x()</script>", "<p>  a\n</p>"), True),
        (("", "<time datetime='1'>a</time>"), ("", "<time datetime='2'>a</time>"), True),
        (("", "<p>a</p>"), ("", "<div><p>a</p></div>"), True),
        (("", "<p>a</p>"), ("", "<p>b</p>"), False),
        (("", "<p>a</p>"), ("", "<h2>a</h2>"), False),
        (("", "<a href='/a'>a</a>"), ("", "<a href='/b'>a</a>"), False),
        (("", "<img src='a' alt='b'>"), ("", "<img src='a' alt='c'>"), False),
        (("", "<p>a</p>"), ("", "<p lang='cy'>a</p>"), False),
        (("", "<p>a b</p>"), ("", "<p>a</p><p>b</p>"), False),
        (("", "<p>a <b>b</b></p>"), ("", "<p>a<b>b</b></p>"), False),
        (
            ("<meta name='robots' content='all'>", ""),
            ("<meta name='robots' content='no'>", ""),
            False,
        ),
    ],
)
def test_whether_a_page_changes_to_a_reader(
    old: tuple[str, str], new: tuple[str, str], same: bool
) -> None:
    assert same_to_a_reader(PAGE.format(*old), PAGE.format(*new)) is same


def rows(count: int, fee: int) -> str:
    """Return a table of that many rows."""
    inside = "".join(f"<tr><td>Berth {n}<td>{n % fee}" for n in range(count))
    return f"<table>{inside}</table>"


def numbered(count: int, word: str) -> str:
    """Return paragraphs that are all different."""
    return "".join(f"<p>Line {n} of {n * 7919 % 1009} is {word} today.</p>" for n in range(count))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (numbered(5_000, "wet"), numbered(5_000, "dry")),
        (numbered(5_000, "wet"), "".join(f"<p>Other {n * 31}</p>" for n in range(5_000))),
        ("<p>" + "high water " * 40_000, "<p>" + "low water " * 40_000),
        ("<p>a</p>" * 10_000, "<p>b</p>" + "<p>a</p>" * 9_000 + "<p>c</p>"),
        (rows(5_000, 7), rows(5_000, 6)),
        ("<b>x" * 10_000, "<i>x" * 10_000),
        ("<ul><li>" * 8_000, "<ol><li>" * 8_000),
        ("<table><tr><td>" * 4_000 + "x", "<table><tr><td>" * 4_000 + "y"),
        ("<td colspan=99999>" * 2000, "<table><tr>" + "<td colspan=99999>x" * 2000),
        ("&amp;" * 100_000, "&lt;" * 100_000),
    ],
    ids=lambda html: html[:12],
)
def test_large_texts_are_compared_whatever_they_hold(old: str, new: str) -> None:
    found = compare_html(old, new)
    assert after(found.blocks) == [block.text for block in read(new)]


def test_a_text_that_is_compared_less_finely_says_so() -> None:
    old, new = ("<p>" + f"{word} tide. " * 8_000 + "</p>" for word in ("high", "low"))
    found = compare_html(old, new)
    assert "sentence by sentence" in found.coarse
    assert "sentence by sentence" in inline(found)
    assert isinstance(found, RichDiff)
