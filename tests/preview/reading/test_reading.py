"""Reading: what the blocks of a page are, and that any markup can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preview.reading import Link, Strong, events, read, words


def told(html: str) -> list[tuple[str, str]]:
    """Return kind and text of every block."""
    return [(block.kind, block.text) for block in read(html)]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("loose text", [("paragraph", "loose text")]),
        ("<p>a<div>b</div>c", [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]),
        ("<h2>Fees</h2><p>Pay.", [("heading", "Fees"), ("paragraph", "Pay.")]),
        ("<ul><li>one<li>two</ul>", [("item", "one"), ("item", "two")]),
        ("<li><p>one</p><p>more</p></li>", [("item", "one"), ("item", "more")]),
        ("<dl><dt>a<dd>b</dl>", [("term", "a"), ("description", "b")]),
        ("<p>a<br>b</p>", [("paragraph", "a\nb")]),
        ("<p>a <b>b</b>c</p>", [("paragraph", "a bc")]),
        ("<pre>a\n  b</pre>", [("code", "a\n  b")]),
        ("<p>a<img src=x alt='b c'>d", [("paragraph", "a"), ("image", "b c"), ("paragraph", "d")]),
        ("<figure><figcaption>c</figcaption></figure>", [("caption", "c")]),
        ("<p hidden>a</p><script>b</script><template>c</template><p>d", [("paragraph", "d")]),
        ("<div data-preview-furniture><p>a</p></div>", []),
        (
            "<table><caption>c</caption><tr><th>a<td>b</table>",
            [("caption", "c"), ("table", "a\tb")],
        ),
        ("<table><tr><td><table><tr><td>a</table></table>", [("table", "a")]),
        ("<table><tr><td><p>a</p><p>b</p></table>", [("table", "a b")]),
        ("<table><tr><td></table>", []),
        ("a\u00adb\u200bc\ufeff", [("paragraph", "abc")]),
        ("\ud800", [("paragraph", "?")]),
        ("", []),
    ],
)
def test_the_blocks_of_a_page(html: str, blocks: list[tuple[str, str]]) -> None:
    assert told(html) == blocks


def test_a_block_knows_its_links_and_what_stands_out() -> None:
    (block,) = read('<p>See <a href=" /a ">the <b>fees</b></a>.</p>')
    assert block.links == (Link("the fees", "/a"),)
    assert block.strong == (Strong("fees", "bold"),)


def test_a_block_knows_its_place() -> None:
    html = "<p>a</p><h2>The fees</h2><p>b</p><p>c</p><h3>The fees</h3><p>d</p>"
    assert [block.path for block in read(html)] == [
        "/paragraph[1]",
        "the-fees/heading[1]",
        "the-fees/paragraph[1]",
        "the-fees/paragraph[2]",
        "the-fees-2/heading[1]",
        "the-fees-2/paragraph[1]",
    ]


def test_a_block_knows_its_box_level_list_and_language() -> None:
    html = (
        "<blockquote><h3>a</h3></blockquote><ol><li>b<ul><li lang=cy>c</li></ul></li></ol>"
        '<div class="application-notice help-notice"><p>d</p></div>'
    )
    facts = [(one.box, one.level, one.numbered, one.language) for one in read(html)]
    assert facts == [
        ("quotation", 3, False, ""),
        ("", 1, True, ""),
        ("", 2, False, "cy"),
        ("warning", 0, False, ""),
    ]


@given(st.text())
def test_words_make_their_text_again(text: str) -> None:
    assert "".join(words(text)) == text


@pytest.mark.parametrize("word", ["£1,200.50", "5%", "a.b@c.gov.uk", "isn't", "1/2/2026", "e-mail"])
def test_what_changes_as_one_is_one_word(word: str) -> None:
    assert words(f"a {word}. b") == ["a", " ", word, ".", " ", "b"]


@given(st.text())
def test_any_text_can_be_read(html: str) -> None:
    opened = 0
    for event in events(html):
        opened += 0 if isinstance(event, str) else 1 if hasattr(event, "attributes") else -1
    assert opened == 0
    assert all(block.text for block in read(html) if block.kind != "image")
