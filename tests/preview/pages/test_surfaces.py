"""Surfaces: search, social media, e-mail and paper show the same item."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from preview import pages
from preview.errors import NoSuchSurface
from preview.pages.surfaces.search import LONGEST, shortened
from tests.conftest import content_item
from tests.factories.gallery import items

OPTIONS = pages.Options(now=datetime(2026, 1, 15, 12, tzinfo=UTC))


def shown(name: str, item: dict[str, Any]) -> LexborHTMLParser:
    return LexborHTMLParser(pages.surface(item, name, OPTIONS).html)


def text(name: str, item: dict[str, Any]) -> str:
    return " ".join(shown(name, item).body.text(separator=" ").split())


@pytest.mark.parametrize("surface", sorted(pages.SURFACES))
@pytest.mark.parametrize("name", sorted(items()))
def test_every_item_of_the_gallery_is_shown_on_every_surface(name: str, surface: str) -> None:
    page = pages.surface(items()[name], surface, OPTIONS)
    assert page.surface == surface
    assert page.html.startswith("<!DOCTYPE html>")


def test_a_name_that_is_no_surface_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(NoSuchSurface, match="email, print, search, social"):
        pages.surface(content_item(), "billboard", OPTIONS)


def test_search_shows_title_address_and_summary() -> None:
    item = content_item(
        title="Low tide", base_path="/low-tide", description="Know the hour. Then go."
    )
    result = text("search", item)
    assert result == "Search result Low tide https://www.gov.uk/low-tide Know the hour."


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("One sentence. Another one.", "One sentence."),
        ("Costs 1.5 million pounds, e.g. for boats", "Costs 1.5 million pounds, e.g. for boats"),
        ("word " * 60, ("word " * 60)[: LONGEST - 1] + "…"),
        ("a" * LONGEST, "a" * LONGEST),
        ("", ""),
    ],
)
def test_search_shortens_summaries_as_gov_uk_search_does(description: str, expected: str) -> None:
    assert shortened(description) == expected.strip()


def test_search_does_not_list_what_is_gone_or_withdrawn() -> None:
    assert "does not list" in text("search", items()["gone"])
    assert "does not list" in text("search", items()["publication-withdrawn"])


def test_the_card_has_the_title_summary_and_picture_of_the_page() -> None:
    tree = shown("social", items()["news_article"])
    assert tree.css_first(".social-card--large img").attributes["alt"]
    assert tree.css_first(".social-card__title").text(strip=True).startswith("Harbour festival")
    assert tree.css_first(".social-card__site").text(strip=True) == "www.gov.uk"


def test_the_email_says_what_changed_and_when_in_london() -> None:
    item = content_item(
        public_updated_at="2026-06-30T23:15:00Z", change_note="Added the tides of July."
    )
    message = text("email", item)
    assert "Subject: Update from GOV.UK for: When is low tide?" in message
    assert "Change made: Added the tides of July." in message
    assert "Time updated: 12:15am, 1 July 2026" in message


def test_the_newest_note_of_the_history_stands_for_a_note_of_its_own() -> None:
    assert "Change made: Added the list of harbours." in text("email", items()["publication"])


@pytest.mark.parametrize(
    "change", [{"update_type": "minor"}, {"update_type": "republish"}, {"schema_name": "gone"}]
)
def test_no_email_is_sent_for_what_is_not_a_major_change(change: dict[str, str]) -> None:
    assert "No email is sent" in text("email", content_item(**change))


def test_a_guide_is_printed_whole_with_rules_for_paper() -> None:
    page = pages.surface(items()["guide"], "print", OPTIONS)
    assert page.path == "/guide/print"
    assert "/pages/paper.css" in page.html
    assert "/pages/page.css" not in page.html


def test_nothing_of_an_item_can_act_on_a_surface() -> None:
    attack = '"><script>alert(1)</script>'
    image = {"type": "lead", "url": "javascript:alert(1)", "alt_text": attack}
    item = content_item(
        schema_name="news_article",
        title=attack,
        description=attack,
        base_path="javascript:alert(1)",
        change_note=attack,
        locale=attack,
        details={"images": [image]},
    )
    for name in pages.SURFACES:
        html = pages.surface(item, name, OPTIONS).html
        tree = LexborHTMLParser(html)
        acting = [
            node for node in tree.css("script") if node.attributes.get("type") is None
        ] + tree.css('[href^="javascript:"], [src^="javascript:"]')
        assert acting == [], name
