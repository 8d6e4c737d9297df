"""The service manual: guides, topics, the standard, the toolkit."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import content_item
from tests.preview.pages.reading import Read, read

MASTERS = {"title": "Harbour masters", "base_path": "/service-manual/communities/masters"}
PILOTS = {"title": "Pilots", "base_path": "/service-manual/communities/pilots"}
IDS = [f"0a4e5c55-7e0d-4a9a-8b0a-3f1f5b7d9a0{n}" for n in range(3)]


def page_of(schema: str, links: dict[str, Any], **details: Any) -> Read:
    return read(content_item(schema_name=schema, title="Tides", details=details, links=links))


@pytest.mark.parametrize("kind", ["service_manual_topics", "parent"])
def test_a_guide_stands_below_its_topic_or_the_page_above(kind: str) -> None:
    above = {"title": "Harbours", "base_path": "/service-manual/harbours"}
    page = page_of("service_manual_guide", {kind: [above], "content_owners": [MASTERS]})
    assert page.title == "Tides - Service Manual - GOV.UK"
    assert page.crumbs == ["Service manual", "Harbours"]
    assert "Harbours Tides From: Harbour masters Give feedback about this page" in page.text


def test_a_guide_shows_its_summary_where_it_should() -> None:
    assert "water is lowest" not in page_of("service_manual_guide", {}).text
    assert "water is lowest" in page_of("service_manual_guide", {}, show_description=True).text


def test_a_topic_shows_groups_that_have_guides() -> None:
    guides = [
        {"title": f"Guide {n}", "base_path": f"/service-manual/g{n}", "content_id": IDS[n]}
        for n in (0, 1)
    ]
    groups = [
        {"name": "Both", "description": "Two.", "content_ids": [IDS[1], IDS[0]]},
        {"name": "None", "description": "", "content_ids": [IDS[2]]},
    ]
    page = page_of("service_manual_topic", {"linked_items": guides}, groups=groups)
    assert page.headings == ["Tides", "Both", "Get notifications"]
    assert "Both Two. Guide 1 Guide 0" in page.text
    assert page.links["Get emails when any guidance within this topic is updated"] == (
        "/email-signup?link=/low-tide"
    )


@pytest.mark.parametrize(
    ("owners", "heading"),
    [([MASTERS], "Join the Harbour masters"), ([MASTERS, PILOTS], "Join the community")],
)
def test_a_topic_names_its_only_community(owners: list[Any], heading: str) -> None:
    assert heading in page_of("service_manual_topic", {"content_owners": owners}).headings


def test_topics_stand_on_the_home_page_by_title() -> None:
    topics = [{"title": name, "base_path": f"/service-manual/{name}"} for name in ("b", "a")]
    page = page_of("service_manual_homepage", {"children": topics})
    assert page.headings[:3] == ["Service Manual", "a", "b"]


def test_points_of_the_standard_stand_by_number() -> None:
    titles = ["10. Ten", "2. Two", "Without", "1.One"]
    points = [{"title": one, "base_path": f"/p/{one[0]}"} for one in titles]
    page = page_of("service_manual_service_standard", {"children": points})
    assert page.headings == ["Tides", "1. One", "2. Two", "10. Ten", "Get notifications"]
    assert page.links["Read more about point 2"] == "/p/2"


def test_the_toolkit_shows_its_collections() -> None:
    links = [{"title": "Bowline", "url": "https://knots.example", "description": "A loop"}]
    collections = [{"title": "Knots", "description": "What holds", "links": links}, 7]
    page = page_of("service_manual_service_toolkit", {}, collections=collections)
    assert page.title == "Service Toolkit - GOV.UK"
    assert page.headings[1:3] == ["Knots", "Bowline"]
    assert page.links["Bowline"] == "https://knots.example"
    assert "left_out" in page.remarks
