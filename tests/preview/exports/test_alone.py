"""Pages that stand alone: whatever a page holds, nothing in it asks another address."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from preview.exports.alone import alone

OWN = "/own-pages-of-this-preview"
PLACES = {"/tides": 1, "/ferries": 2}


def made(inside: str, image: tuple[str, bytes] | None = None) -> str:
    """Return what stands alone of a page with this in its main."""
    page = f"<html><body><nav>Site</nav><main id='content'>{inside}</main></body></html>"
    return str(alone(page, "/tides", "Tides", PLACES, lambda _: image).body)


def test_links_lead_within_the_file_out_or_nowhere() -> None:
    found = made(
        f'<a href="{OWN}/ferries#when">When</a><a href="{OWN}/elsewhere">Else</a>'
        '<a href="#fees">Fees</a><h2 id="fees">Fees</h2>'
        '<a href="https://tides.example/" target="_blank">Out</a><a href="javascript:x()">No</a>'
    )
    assert '<a href="#page-2-when">When</a>' in found
    assert "<a>Else</a>" in found
    assert '<a href="#page-1-fees">Fees</a><h3 id="page-1-fees">' in found
    assert '<a href="https://tides.example/" rel="noreferrer">Out</a>' in found
    assert "<a>No</a>" in found


def test_a_draft_s_image_is_inside_and_another_is_told_in_words() -> None:
    image = f'<p><img src="{OWN}/media/a/b.png" srcset="x 2x" alt="A lamp"> shines</p>'
    assert 'src="data:image/png;base64,YWJj" alt="A lamp"' in made(image, ("image/png", b"abc"))
    found = made(image)
    assert "[Image: A lamp. It is on the live site.]" in found
    assert "shines" in found
    assert "<img" not in found


def test_only_the_main_part_is_kept_without_landmarks_of_its_own() -> None:
    found = made(
        '<nav aria-label="Pages"><a href="#x">X</a></nav><section role="region">Y</section>'
    )
    assert "Site" not in found
    assert not re.search("<(main|nav|section)|role=|aria-label", found)


ASKS = ("script", "iframe", "link", "object", "embed", "video", "form", "meta", "base", "img")
PARTS = st.sampled_from([f'<{name} src="//x.example/" href="//x.example/">' for name in ASKS])
STYLED = st.just('<p style="background:url(//x.example/)" onclick="x()" background="//x">a</p>')


@given(st.lists(PARTS | STYLED | st.text("<>/a=\"' ", max_size=8), max_size=12))
def test_nothing_that_a_page_may_hold_asks_another_address(parts: list[str]) -> None:
    found = made("".join(parts))
    for one in HTMLParser(found).css("body *"):
        assert one.tag not in ASKS[:-1]
        assert not {"src", "style", "background", "onclick"} & one.attributes.keys()
