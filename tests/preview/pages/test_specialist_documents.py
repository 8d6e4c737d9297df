"""Specialist documents: the facts that their finder asks for, contents, licences."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import content_item
from tests.preview.pages.reading import Read, read

BOATS = [{"label": "Sailing boat", "value": "sail"}, {"label": "Rowing boat", "value": "row"}]
FISH = {
    "label": "Fish",
    "value": "fish",
    "sub_facets": [
        {
            "label": "Herring",
            "value": "herring",
            "main_facet_label": "Fish",
            "main_facet_value": "fish",
        }
    ],
}
FACETS = [
    {
        "key": "boat",
        "name": "Boat",
        "type": "text",
        "filterable": True,
        "allowed_values": BOATS,
    },
    {"key": "lost", "name": "Lost", "type": "date", "filterable": True},
    {"key": "place", "name": "Place", "type": "text", "filterable": False},
    {
        "key": "cargo",
        "name": "Cargo",
        "type": "nested",
        "filterable": True,
        "sub_facet_key": "kind",
        "sub_facet_name": "Kind",
        "allowed_values": [FISH],
    },
]


def document(
    metadata: dict[str, Any],
    finder: dict[str, Any] | None = None,
    document_type: str = "maib_report",
    **changes: Any,
) -> Read:
    details = {"body": "<p>She sank.</p>", "metadata": metadata, **changes.pop("details", {})}
    of = {"show_metadata_block": True, "facets": FACETS, **(finder or {})}
    finders = [{"title": "Wrecks", "base_path": "/wrecks", "details": of}]
    return read(
        content_item(
            schema_name="specialist_document",
            document_type=document_type,
            details=details,
            links={"finder": finders},
            **changes,
        )
    )


def test_facts_stand_in_the_order_of_the_finder_and_lead_to_it() -> None:
    page = document({"place": "Port Example", "lost": "2025-07-10", "boat": ["row", "sail"]})
    said = "Boat: Rowing boat and Sailing boat Lost: 10 July 2025 Place: Port Example"
    assert said in page.text
    assert page.links["Rowing boat"] == "/wrecks?boat=row"
    assert "Port Example" not in page.links


def test_a_facet_that_does_not_filter_is_text() -> None:
    facets = [{**FACETS[0], "filterable": False}]
    page = document({"boat": "sail"}, {"facets": facets})
    assert "Boat: Sailing boat" in page.text
    assert "Sailing boat" not in page.links


def test_a_nested_facet_says_what_it_is_below() -> None:
    page = document({"cargo": ["fish"], "kind": ["herring", "unknown"]})
    assert "Cargo: Fish Kind: Fish - Herring" in page.text
    assert page.links["Fish - Herring"] == "/wrecks?cargo=fish&kind=herring"


@pytest.mark.parametrize("boat", ["submarine", [], None, {"sail": 1}])
def test_a_value_that_the_finder_does_not_know_is_left_out(boat: Any) -> None:
    assert "Boat:" not in document({"boat": boat, "place": "Port Example"}).text


@pytest.mark.parametrize("lost", ["soon", "0000-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_shown_as_it_is(lost: str) -> None:
    assert f"Lost: {lost}" in document({"lost": lost}).text


def test_a_finder_without_a_block_shows_no_facts() -> None:
    assert "Place:" not in document({"place": "Quay"}, {"show_metadata_block": False}).text


HEADERS = [
    {
        "text": "What happened:",
        "id": "what",
        "level": 2,
        "headers": [
            {
                "text": "Weather",
                "id": "weather",
                "level": 3,
                "headers": [{"text": "Wind", "id": "wind", "level": 4}],
            }
        ],
    }
]


@pytest.mark.parametrize(("wanted", "shown"), [(True, True), (None, True), (False, False)])
def test_the_contents_list_has_two_levels_unless_the_finder_wants_none(
    wanted: bool | None, shown: bool
) -> None:
    page = document({}, {"show_table_of_contents": wanted}, details={"headers": HEADERS})
    assert ("What happened" in page.links) == ("Weather" in page.links) == shown
    assert "Wind" not in page.links


def test_a_list_without_second_level_headings_is_not_shown() -> None:
    page = document({}, details={"headers": HEADERS[0]["headers"]})
    assert "Contents" not in page.headings


def test_one_change_is_the_first_publication() -> None:
    notes = [
        {"note": f"Note {day}.", "public_timestamp": f"2026-01-0{day}T09:00:00Z"} for day in (1, 2)
    ]
    of: dict[str, Any] = {"public_updated_at": "2026-01-02T09:00:01Z"}
    once = document({}, details={"change_history": notes[:1]}, **of)
    twice = document({}, details={"change_history": notes}, **of)
    assert "Last updated" not in once.text
    assert "Last updated 2 January 2026" in twice.text
    assert twice.text.index("Note 2.") < twice.text.index("Note 1.")


def test_the_button_leads_to_where_more_is() -> None:
    metadata = {"continuation_link": " https://loans.example ", "will_continue_on": " on loans "}
    page = document(metadata, document_type="business_finance_support_scheme")
    assert page.links["Find out more"] == "https://loans.example"
    assert "Find out more on loans" in page.text


def test_a_statutory_instrument_leads_back_to_its_list() -> None:
    assert document({}, document_type="statutory_instrument").links["See all Wrecks"] == "/wrecks"
    assert "See all Wrecks" not in document({}).links


def test_a_licence_is_applied_for_elsewhere_or_by_postcode() -> None:
    elsewhere = {
        "licence_transaction_continuation_link": "https://licences.example",
        "licence_transaction_will_continue_on": "the licence site",
    }
    page = document(elsewhere, document_type="licence_transaction")
    assert page.links["Start now"] == "https://licences.example"
    assert "Start now on the licence site" in page.text
    local = document({}, document_type="licence_transaction")
    assert "Find your local council" in local.text
    assert "Start now" not in local.links
    assert "stubbed" in local.remarks - page.remarks


def test_a_document_that_nothing_is_known_of_is_shown_all_the_same() -> None:
    item = content_item(schema_name="specialist_document", details={"metadata": []}, links={})
    page = read(item)
    assert page.headings[0] == "When is low tide?"
    assert "generic" not in page.remarks
