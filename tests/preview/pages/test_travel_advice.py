"""Travel advice: parts, what is new, the list of countries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from preview import pages
from tests.conftest import content_item
from tests.preview.pages.reading import Read, read

BASE = "/foreign-travel-advice/exampleland"
PARTS = [
    {"title": "Warnings", "slug": "warnings", "body": "<p>Mind the tide.</p>"},
    {"title": "Entry", "slug": "entry", "body": "<p>Bring a passport.</p>"},
    {"title": "Help", "slug": "help", "body": "<p>Ask.</p>"},
]


def advice(**details: Any) -> dict[str, Any]:
    return content_item(
        schema_name="travel_advice",
        document_type="travel_advice",
        title="Exampleland travel advice",
        base_path=BASE,
        details={
            "country": {"name": "Exampleland", "slug": "exampleland"},
            "parts": PARTS,
            "email_signup_link": f"{BASE}/email-signup",
            "updated_at": "2026-02-10T08:00:00Z",
            "change_description": "Latest update: the ferry sails again",
            **details,
        },
    )


def country(name: str, slug: str, **details: Any) -> dict[str, Any]:
    known = {"country": {"name": name, "slug": slug, **details}}
    return {"title": name, "base_path": f"/foreign-travel-advice/{slug}", "details": known}


def index(*countries: Any) -> Read:
    return read(
        content_item(
            schema_name="travel_advice_index",
            base_path="/foreign-travel-advice",
            details={"email_signup_link": "/foreign-travel-advice/email-signup"},
            links={"children": list(countries)},
        )
    )


def test_a_country_has_a_page_for_each_part_and_for_print() -> None:
    made = pages.paths(advice(), pages.Options(now=datetime(2026, 3, 4, tzinfo=UTC)))
    assert made == [BASE, f"{BASE}/entry", f"{BASE}/help", f"{BASE}/print"]


def test_the_first_part_says_how_recent_the_advice_is() -> None:
    page = read(advice(), now=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert page.title == "Exampleland travel advice - GOV.UK"
    assert "Still current at: 2 July 2026 Updated: 10 February 2026" in page.text
    assert "Latest update: The ferry sails again" in page.text
    assert page.headings[0] == "Exampleland"


def test_a_review_counts_as_an_update() -> None:
    page = read(advice(reviewed_at="2026-02-11T23:30:00Z"))
    assert "Updated: 11 February 2026" in page.text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Latest update: new rules", "New rules"),
        ("latest update - new rules", "New rules"),
        ("Latest update:  New rules", "New rules"),
        ("New latest update: rules", "New latest update: rules"),
    ],
)
def test_the_label_that_editors_repeat_is_taken_off(written: str, shown: str) -> None:
    text = read(advice(change_description=written)).text
    assert f"Latest update: {shown}" in text
    assert text.lower().count("latest update") == 1 + shown.lower().count("latest update")


def test_another_part_is_named_in_the_title_and_has_neighbours() -> None:
    page = read(advice(), f"{BASE}/entry")
    assert page.title == "Entry - Exampleland travel advice - GOV.UK"
    assert "Still current at" not in page.text
    assert page.links["Warnings"] == BASE
    assert any(href == f"{BASE}/help" and "Next" in text for text, href in page.links.items())


def test_all_parts_stand_on_the_page_for_print() -> None:
    page = read(advice(), f"{BASE}/print")
    assert page.title == "Print Exampleland travel advice"
    assert page.headings == ["Exampleland", "Warnings", "Entry", "Help"]
    assert page.robots == "noindex, nofollow"


def test_alerts_that_are_known_are_warnings() -> None:
    page = read(advice(alert_status=["avoid_all_travel_to_parts", "hooray"]))
    assert "Warning FCDO advises against all travel to parts of Exampleland." in page.text
    assert "hooray" not in page.text


def test_a_map_leads_to_a_larger_one_with_its_size() -> None:
    image = {"url": "https://maps.example/m.jpg"}
    document = {"url": "https://maps.example/m.pdf", "file_size": 201672}
    page = read(advice(image=image, document=document))
    link = "Download a more detailed map (PDF, 197 KB)"
    assert page.links[link] == "https://maps.example/m.pdf"
    assert link not in read(advice(document=document)).links


def test_a_country_without_parts_has_its_name_only() -> None:
    page = read(advice(parts=[]))
    assert page.headings == ["Exampleland", "Subscriptions"]


def test_withdrawn_advice_looks_as_it_did() -> None:
    item = advice() | {"withdrawn_notice": {"withdrawn_at": "2026-01-01T00:00:00Z"}}
    page = read(item)
    assert not page.title.startswith("[Withdrawn]")
    assert "was withdrawn" not in page.text


def test_countries_stand_by_their_letter_without_accents_and_articles() -> None:
    page = index(
        country("Zed", "zed"),
        country("The Æxample Isles", "aexample-isles"),
        country("Éclair", "eclair"),
        country("Eastland", "eastland"),
        country("Curaçao", "curacao"),
        country("The Occupied Palestinian Territories", "the-occupied-palestinian-territories"),
        country("", "nameless"),
    )
    assert [one for one in page.links if one[:1] != "G"] == [
        "Curaçao",
        "Eastland",
        "The Occupied Palestinian Territories",
        "Zed",
        "The Æxample Isles",
        "Éclair",
    ]
    assert "6 Countries or territories" in page.text
    assert page.links["Curaçao"] == "/foreign-travel-advice/curacao"


def test_a_country_that_is_not_known_is_remarked() -> None:
    assert "missing_link" in index("5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a101").remarks
