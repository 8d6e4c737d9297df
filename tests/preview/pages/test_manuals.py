"""Manuals: contents, changes, sections under the manual's header, neighbours."""

from __future__ import annotations

from typing import Any

import pytest
from markupsafe import Markup

from preview.pages.parts.sections import sections
from tests.conftest import content_item
from tests.preview.pages.reading import Read, read

MANUAL_PATH = "/guidance/harbours"
OFFICE = {"title": "Harbour Office", "base_path": "/government/organisations/harbour-office"}
JUSTICE = {**OFFICE, "content_id": "dcc907d6-433c-42df-9ffb-d9c68be5dc4d"}
BODY = '<p>First.</p><h2 id="knots">Knots &amp; ropes</h2><p>Bowline.</p><h2 id="b">Tides</h2>'


def child(number: int) -> dict[str, str]:
    path = f"{MANUAL_PATH}/harb{number}"
    return {"section_id": f"HARB{number}", "title": f"Section {number}", "base_path": path}


def manual(schema: str = "manual", **details: Any) -> dict[str, Any]:
    return content_item(
        schema_name=schema,
        document_type=schema,
        title="Harbours",
        base_path=MANUAL_PATH,
        first_published_at="2025-03-04T09:30:00Z",
        public_updated_at="2026-01-12T10:15:00Z",
        details={"body": "<p>For all.</p>", **details},
        links={"organisations": [OFFICE]},
    )


def note(title: str, at: str, text: str = "Changed.", slug: str = "a") -> dict[str, str]:
    path = f"{MANUAL_PATH}/{slug}"
    return {"title": title, "base_path": path, "change_note": text, "published_at": at}


def section(schema: str = "manual_section", path: str = "/s", **details: Any) -> dict[str, Any]:
    return content_item(
        schema_name=schema,
        title="Tying up",
        description="",
        base_path=path,
        details={"body": BODY, "manual": {"base_path": MANUAL_PATH}, **details},
        links={"organisations": [OFFICE]},
    )


def under(item: dict[str, Any], *others: dict[str, Any]) -> Read:
    known = {one["base_path"]: one for one in others or (manual(),)}
    return read(item, known=known)


def test_a_manual_lists_its_sections_under_its_header() -> None:
    sections = [{"title": "Tying up", "description": "Knots.", "base_path": "/g/tying-up"}]
    groups = [{"title": "Hidden", "child_sections": sections}, {"title": "Empty"}]
    page = read(manual(child_section_groups=groups))
    assert page.title == "Harbours - Guidance - GOV.UK"
    header = "Harbours From: Harbour Office Published: 4 March 2025 Updated: 12 January 2026"
    assert f"{header} - See all updates Search this manual" in page.text
    assert page.headings == ["Summary", "Contents"]
    assert page.links["Tying up"] == "/g/tying-up"


def test_an_internal_manual_numbers_its_sections_in_titled_groups() -> None:
    groups = [
        {"title": "Dues", "child_sections": [child(1000)]},
        {"title": " ", "child_sections": [child(2000)]},
        {"title": "Empty", "child_sections": []},
    ]
    page = read(manual("hmrc_manual", child_section_groups=groups))
    assert page.title == "Harbours - HMRC internal manual - GOV.UK"
    assert page.headings == ["Summary", "Contents", "Dues"]
    assert page.links["HARB1000 Section 1000"] == f"{MANUAL_PATH}/harb1000"


def test_changes_stand_by_year_and_day_the_newest_first() -> None:
    notes = [
        note("Knots", "2025-06-30T22:30:00Z", "Old."),
        note("Knots", "2026-01-05T09:00:00Z", "One."),
        note("Tides", "2026-01-05T10:00:00Z", "Two.\n\nThree.", slug="b"),
        note("Knots and ropes", "2026-01-05T11:00:00Z", "Four."),
        note("Lost", "some day"),
        note("Late", "2025-06-30T23:30:00Z"),
    ]
    page = read(manual(change_notes=notes), f"{MANUAL_PATH}/updates")
    assert page.title == "Updates - Harbours - Guidance - GOV.UK"
    assert page.headings == [
        "Updates: Harbours",
        "2026",
        "5 January 2026 published amendments",
        "2025",
        "1 July 2025 published amendments",
        "30 June 2025 published amendments",
    ]
    assert "Knots and ropes One. Four. Tides Two. Three." in page.text
    assert "Lost" not in page.links
    assert "left_out" in page.remarks
    assert page.links["Back to contents"] == MANUAL_PATH


def test_a_section_stands_under_its_manual() -> None:
    page = under(section())
    assert page.title == "Harbours - Tying up - Guidance - GOV.UK"
    assert "From: Harbour Office Published: 4 March 2025" in page.text
    assert page.crumbs == ["Home", "Back to contents"]
    assert page.headings == ["Tying up", "Knots & ropes", "Tides"]
    assert "First. Knots & ropes Bowline." in page.text


def test_a_section_whose_manual_is_not_known_says_so() -> None:
    item = section()
    item["links"]["manual"] = [{"title": "Harbours", "base_path": MANUAL_PATH}]
    page = read(item)
    assert page.title == "Harbours - Tying up - Guidance - GOV.UK"
    assert "missing_link" in page.remarks
    assert page.headings[0] == "Tying up"


def test_sections_of_one_ministry_have_a_contents_list() -> None:
    item = section()
    item["links"] = {"organisations": [JUSTICE]}
    page = under(item)
    assert page.links["Knots & ropes"] == "#knots"
    assert page.crumbs[-1] == "Manual homepage"
    assert "Knots & ropes" not in under(section()).links


def test_an_internal_section_leads_to_its_neighbours() -> None:
    groups = [
        {"child_sections": [child(1000), child(2000), child(3000)]},
        {"child_sections": [child(9000)]},
    ]
    above = manual("hmrc_manual", child_section_groups=groups)
    page = under(section("hmrc_manual_section", section_id="HARB2000"), above)
    assert page.title == "HARB2000 - Tying up - HMRC internal manual - GOV.UK"
    assert page.headings[0] == "HARB2000 - Tying up"
    assert page.links["Previous page"] == f"{MANUAL_PATH}/harb1000"
    assert page.links["Next page"] == f"{MANUAL_PATH}/harb3000"


@pytest.mark.parametrize(("number", "link"), [("1000", "Next page"), ("3000", "Previous page")])
def test_the_first_and_last_section_have_one_neighbour(number: str, link: str) -> None:
    groups = [{"child_sections": [child(1000), child(3000)]}]
    above = manual("hmrc_manual", child_section_groups=groups)
    page = under(section("hmrc_manual_section", section_id=f"HARB{number}"), above)
    assert [one for one in page.links if one.endswith(" page")] == [link]


def test_neighbours_of_a_section_below_another_are_those_of_that_one() -> None:
    parent = section(
        "hmrc_manual_section",
        "/parent",
        child_section_groups=[{"child_sections": [child(1100), child(1200)]}],
    )
    crumbs = [{"section_id": "HARB1000", "base_path": "/parent"}]
    item = section("hmrc_manual_section", section_id="HARB1100", breadcrumbs=crumbs)
    page = under(item, manual("hmrc_manual"), parent)
    assert page.crumbs == ["Home", "Back to contents", "HARB1000"]
    assert page.links["Next page"] == f"{MANUAL_PATH}/harb1200"


def test_a_manual_of_two_thousand_sections_lists_them_all() -> None:
    children = [child(number) for number in range(2000)]
    above = manual("hmrc_manual", child_section_groups=[{"child_sections": children}])
    assert len(read(above).links) == 2000
    page = under(section("hmrc_manual_section", section_id="HARB1999"), above)
    assert page.links["Previous page"] == f"{MANUAL_PATH}/harb1998"


@pytest.mark.parametrize(
    ("html", "intro", "found"),
    [
        ("", "", []),
        ("<p>a</p>", "<p>a</p>", []),
        ('<p>a</p><h2 id="x">b</h2><p>c</p>', "<p>a</p>", [("b", "x", "<p>c</p>")]),
        ("<h2>a</h2><h2>b <em>c</em></h2>\nd", "", [("a", "", ""), ("b c", "", "\nd")]),
        ("<div><h2>a</h2><p>b</p></div><p>c</p>", "<div></div>", [("a", "", "<p>b</p><p>c</p>")]),
        ('<p title="<h2>">a</p>', '<p title="<h2>">a</p>', []),
        ("<p>é\n😀</p>\n<h2>ü</h2>", "<p>é\n😀</p>\n", [("ü", "", "")]),
        ("<h2>open", "<h2>open", []),
    ],
)
def test_a_text_is_cut_at_its_headings_and_each_part_is_whole(
    html: str, intro: str, found: list[tuple[str, str, str]]
) -> None:
    before, parts = sections(Markup(html))  # noqa: S704 (an invented text)
    assert (before, [(one.title, one.id, one.body) for one in parts]) == (intro, found)
