"""Govspeak: the language by cases, any text by properties, hostile text by growth and content."""

from __future__ import annotations

import gc
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from preview.govspeak import GovspeakError, Options, render, to_html
from preview.govspeak.blocks import html as blocks_html
from preview.govspeak.engine import Engine
from preview.govspeak.options import from_json
from preview.govspeak.sanitise import sanitise_page
from tests.conftest import SHARED
from tests.preview.govspeak.hostile import payloads

CASES = Path(__file__).parent / "cases"
CASE = re.compile(r"^<<< (.*)\n((?:.*\n)*?)===[ ]*\n((?:(?!<<< ).*\n?)*)", re.MULTILINE)
REFERENCE = SHARED / "data" / "govspeak" / "cases.jsonl"
SPACES = re.compile(r"\s+")


def cases() -> list[tuple[str, str, str]]:
    """Return name, text and HTML of every case file."""
    found = []
    for path in sorted(CASES.glob("*.txt")):
        found += CASE.findall(path.read_text("utf-8"))
    return found


def squeezed(html: str) -> str:
    """Return HTML in which white space between tags makes no difference, nor does their order."""
    root = lxml_html.fragment_fromstring(html or "<i></i>", create_parent="div")
    for element in root.iter():
        attributes = sorted(element.attrib.items())
        element.attrib.clear()
        element.attrib.update(attributes)
    text = lxml_html.tostring(root, encoding="unicode")
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", SPACES.sub(" ", text))


@pytest.mark.parametrize(("name", "text", "html"), cases(), ids=lambda value: str(value)[:50])
def test_a_case_is_rendered_as_its_file_says(name: str, text: str, html: str) -> None:
    assert squeezed(to_html(text.removesuffix("\n"))) == squeezed(html.strip())


FILE = {
    "id": "plan.pdf",
    "content_id": "5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a1f1",
    "title": "Pier & plan",
    "url": "/media/plan.pdf",
    "content_type": "application/pdf",
    "file_extension": "pdf",
    "file_size": 2048,
    "number_of_pages": 2,
}


def test_a_file_is_shown_where_it_is_named() -> None:
    html = to_html("[Attachment: plan.pdf]", Options(attachments=[FILE]))
    assert "Pier &amp; plan" in html
    assert "2 KB" in html
    assert "2 pages" in html


def test_a_file_is_linked_in_the_text_in_welsh() -> None:
    html = to_html("See [AttachmentLink: plan.pdf].", Options(locale="cy", attachments=[FILE]))
    assert html.startswith("<p>See <span")
    assert "2 o dudalennau" in html


def test_an_image_carries_caption_and_credit() -> None:
    image = {"id": "q.png", "url": "/é x.png", "alt_text": "A quay", "credit": "A. Example"}
    html = to_html("[Image: q.png]", Options(images=[image]))
    assert 'src="/%C3%A9%20x.png"' in html
    assert "Image credit: A. Example" in html


def test_a_contact_card_follows_its_country() -> None:
    address = {"locality": "Ville", "postal_code": "75001", "iso2_country_code": "fr"}
    contact = {"content_id": "c1", "title": "Bureau", "details": {"post_addresses": [address]}}
    rendered = render("[Contact: c1]", Options(contacts=[contact]))
    assert rendered.html.index("75001") < rendered.html.index("Ville")
    assert rendered.contact_ids == ["c1"]


def test_headings_are_a_tree_and_numbered_when_asked() -> None:
    text = "## One\n\n### Two\n\n##### Skips\n\n## [Three](/three)"
    first, second = render(text, Options(auto_numbered_headers=True)).headers
    assert (first.text, [one.text for one in first.headers]) == ("1. One", ["1.1 Two"])
    assert (second.text, second.id) == ("2. Three", "three")


def test_what_sanitising_takes_out_is_told() -> None:
    rendered = render('<b onclick="x">a</b><script>b</script>')
    assert not rendered.valid
    assert {one.sentence for one in rendered.removed} >= {"Attribute onclick of <b>: x"}
    assert render("plain *text*").valid


def test_content_blocks_are_left_alone_and_reported() -> None:
    rendered = render("Pay {{embed:content_block_pension:abc}} now")
    assert "{{embed:content_block_pension:abc}}" in rendered.html
    assert rendered.content_blocks == [("content_block_pension", "abc")]


@pytest.mark.parametrize(
    "values",
    [
        {"locale": 3},
        {"images": "x"},
        {"attachments": [1]},
        {"auto_numbered_headers": "yes"},
        {"auto_numbered_header_levels": ["2"]},
        {"allowed_elements": ["script"]},
        {"allowed_elements": ["a onload"]},
        {"unknown": 1},
        [],
    ],
)
def test_options_of_the_wrong_type_are_refused_in_a_sentence(values: object) -> None:
    with pytest.raises(GovspeakError, match=r"\.$"):
        from_json(values)


@pytest.mark.parametrize("source", [None, 3, b"bytes", ["a"]])
def test_what_is_no_text_is_refused(source: object) -> None:
    with pytest.raises(GovspeakError, match="text"):
        to_html(source)  # type: ignore[arg-type]


LANGUAGE = st.sampled_from([text for _, text, _ in cases()])
HOSTILE = st.sampled_from([text[:60] for text in payloads()[::9]])
PIECES = LANGUAGE | HOSTILE | st.text(max_size=40)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=6), st.sampled_from(["\n", "\n\n", "", " ", "\r\n"]))
def test_any_text_gives_html_that_sanitising_again_leaves_alone(
    pieces: list[str], between: str
) -> None:
    html = to_html(between.join(pieces))
    assert sanitise_page(html, Options()) == html


@settings(max_examples=200, deadline=None)
@given(st.lists(LANGUAGE, max_size=6), st.sampled_from(["\n", "\n\n", "", " "]))
def test_html_written_at_once_is_that_of_the_steps(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    assert to_html(text) == Engine(Options()).finished_in_steps(text)


NAMES = ["p", "li", "em", "code", "ul", "h2", "div", "blockquote", "table", "br"]
TAGS = [f"<{end}{name}>" for name in NAMES for end in ("", "/")]
WORDS = ["a", " ", "\n", "&amp;", "&", "&#1;", ">", "<", "<!-- b -->", '<a href="/c">', "</a>"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(TAGS + WORDS), max_size=30))
def test_html_taken_as_it_stands_is_that_which_is_read(pieces: list[str]) -> None:
    text = f"<div>{''.join(pieces)}"
    taken = Engine(Options()).unsafe(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks_html, "WRITTEN", re.compile("(?!)"))
        assert Engine(Options()).unsafe(text) == taken


def test_daily_texts_are_written_at_once() -> None:
    text = "> a\n\n| # b |\n|-|\n| <abbr title='d'>c</abbr> |\n\n$C\n|e|\n$C\n\nf[^1]\n\n[^1]: g"
    engine = Engine(Options())
    assert '<th scope="row">' not in engine.html(text)
    assert engine.at_once


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_characters_give_html(text: str) -> None:
    assert isinstance(render(text).html, str)


FORBIDDEN = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "base",
        "meta",
        "link",
        "form",
        "math",
        "template",
        "noscript",
    ]
)
LEADS = ("href", "src", "action", "srcset", "cite")
SAFE = re.compile(r"(?:https?:|mailto:|ftp:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)


@pytest.mark.parametrize("payload", payloads())
def test_nothing_that_acts_comes_out(payload: str) -> None:
    root = lxml_html.fragment_fromstring(to_html(payload) or "<p></p>", create_parent="div")
    for element in root.iter():
        assert element.tag not in FORBIDDEN
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in ("style", "srcdoc", "formaction", "xlink:href")
            assert name not in LEADS or SAFE.match(value.strip()), value


def seconds(text: str) -> float:
    """Return the processor's time of the fastest of five renderings, without the collector's."""
    times = []
    gc.disable()
    for _ in range(5):
        started = time.process_time()
        to_html(text)
        times.append(time.process_time() - started)
    gc.enable()
    return min(times)


GROWING = {
    "ordinary": "The office opens at [nine](/hours) and *closes* at five.\n\n",
    "brackets": "[",
    "images": "![",
    "stars": "*",
    "open emphasis": "*a ",
    "underscores": "_",
    "quotations": ">",
    "backticks": "`",
    "call to action without end": "$CTA a",
    "comments": "<!--",
    "lists of attributes": "{:",
    "quotation marks": '"',
    "open links": "[a](",
    "elements": "<b>",
    "blocks": "<div>",
    "rows": "| Aldmouth | 4 | open all year round |\n",
    "items": "- a\n",
    "embedded": "[embed:link:",
    "fences": "~~~\n",
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_text_and_not_faster(name: str) -> None:
    small = 8000 // len(GROWING[name])
    ratio = min(
        seconds(GROWING[name] * 4 * small) / seconds(GROWING[name] * small) for _ in range(3)
    )
    assert ratio <= 6


LONGER: dict[str, Callable[[int], str]] = {
    "footnotes": lambda count: "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(count)),
    "images in a link": lambda count: "[" + "![a](b)" * count + "]",
    "short rows below a long one": lambda count: "|a" * count + "|\n" + "|b|c|\n" * count,
}


@pytest.mark.parametrize("name", LONGER)
def test_time_grows_with_what_a_text_holds_and_not_faster(name: str) -> None:
    write = LONGER[name]
    assert min(seconds(write(1200)) / seconds(write(300)) for _ in range(3)) <= 6


def test_rows_are_filled_up_as_long_as_a_page_can_hold_them() -> None:
    assert to_html("|a|b|c|\n|d|e|\n").count("<td>") == 6
    assert to_html("|a" * 2000 + "|\n" + "|b|c|\n" * 2000).count("<td>") < 100_000


def test_a_rendering_leaves_nothing_to_the_garbage_collector() -> None:
    text = "\n\n".join(text for _, text, _ in cases())
    to_html(text)
    gc.collect()
    gc.disable()
    to_html(text)
    kept = gc.collect()
    gc.enable()
    assert kept == 0


@pytest.mark.parametrize(
    "text", ["> " * 10_000 + "a", "- " * 10_000 + "a", "<div>" * 10_000, "*a _b " * 5_000]
)
def test_deep_nesting_ends_in_plain_text(text: str) -> None:
    assert isinstance(to_html(text), str)


@pytest.mark.skipif(
    not REFERENCE.exists(), reason="the reference's cases are not beside the project"
)
def test_texts_come_out_like_the_reference_says() -> None:
    """A sample; the scoring script compares them all."""
    rows = [json.loads(line) for line in REFERENCE.read_text("utf-8").splitlines()[::25]]
    for row in rows:
        found = render(row["input"], from_json(row["options"] or {}))
        assert [header.as_json() for header in found.headers] == row["headers"]
        assert (found.links, found.valid) == (row["links"], row["valid"])
