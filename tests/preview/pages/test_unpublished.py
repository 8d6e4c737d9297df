"""What stands where a page was; start pages of services that differ in their words."""

from __future__ import annotations

from typing import Any

import pytest

from preview import pages
from preview.pages.parts.redirects import Redirect, rule_for
from tests.conftest import content_item
from tests.preview.pages.reading import NOW, Read, read


def gone(locale: str = "en", **details: Any) -> Read:
    return read(content_item(schema_name="gone", locale=locale, details=details))


def test_a_gone_page_says_why_and_where_to_go() -> None:
    page = gone(explanation="<p>Wrong title.</p>", alternative_path="/high-tide")
    assert (page.status, page.title) == (410, "No longer available - GOV.UK")
    assert "published in error. Wrong title. Visit: /high-tide" in page.text
    assert page.links["/high-tide"] == "/high-tide"


@pytest.mark.parametrize("nothing", [None, "", " ", 7])
def test_a_gone_page_without_reasons_is_short(nothing: Any) -> None:
    page = gone(explanation=nothing, alternative_path=nothing)
    assert page.text.endswith("because it was published in error.")


def test_an_archived_page_leads_to_the_web_archive() -> None:
    archive = "https://webarchive.nationalarchives.gov.uk/ukgwa/low-tide"
    page = gone(alternative_path=archive)
    link = "view previous versions of this page in the UK government web archive"
    assert page.links[link] == archive
    assert "published in error" not in page.text
    assert "Visit:" in gone(alternative_path="https://[broken").text


def test_a_gone_page_speaks_welsh() -> None:
    assert "Ymweld: /high-tide" in gone("cy", alternative_path="/high-tide").text


RULES = [
    {"path": "/old", "type": "exact", "destination": "/new"},
    {"path": "/old/query", "type": "exact", "segments_mode": "preserve", "destination": "/q"},
    {"path": "/old/part", "type": "prefix", "destination": "https://parts.example/p"},
    {"path": "/old/drop", "type": "prefix", "segments_mode": "ignore", "destination": "/d"},
]


def moved(path: str) -> Read:
    return read(content_item(schema_name="redirect", base_path="/old", redirects=RULES), path)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/old", "/new"),
        ("/old/query", "/q"),
        ("/old/part", "https://parts.example/p"),
        ("/old/part/two/x", "https://parts.example/p/two/x"),
        ("/old/drop/two", "/d"),
    ],
)
def test_a_redirect_says_where_an_address_will_lead(path: str, target: str) -> None:
    page = moved(path)
    assert page.status == 301
    assert f"Visitors will be sent on to {target}" in page.text
    assert page.links[target] == target


@pytest.mark.parametrize("path", ["/old/unknown", "/old/parties", "/older"])
def test_an_address_that_no_rule_is_about_leads_nowhere(path: str) -> None:
    assert "will be sent on to" not in moved(path).text


def test_each_rule_says_what_is_kept_and_what_is_dropped() -> None:
    text = moved("/old").text
    assert "Only /old itself Visitors to are sent to /old /new /old?… /new" in text
    assert "/old/query?… /q?…" in text
    assert "/old/part/… https://parts.example/p/… /old/part?… https://parts.example/p?…" in text
    assert "/old/drop/… /d /old/drop?… /d" in text


def test_a_redirect_has_a_page_for_each_rule() -> None:
    item = content_item(schema_name="redirect", base_path="/old", redirects=RULES)
    made = pages.paths(item, pages.Options(now=NOW))
    assert made == ["/old", "/old/query", "/old/part", "/old/drop"]
    broken = content_item(schema_name="redirect", base_path="/old", redirects=[7, {"path": "/x"}])
    assert pages.paths(broken, pages.Options(now=NOW)) == ["/old"]


def test_the_longest_rule_counts_and_an_exact_one_before_a_prefix() -> None:
    wide = Redirect("/a", True, True, "/wide")
    deep = Redirect("/a/b", True, True, "/deep")
    exact = Redirect("/a/b", False, False, "/exact")
    assert rule_for([wide, deep, exact], "/a/b") == exact
    assert rule_for([wide, deep, exact], "/a/b/c") == deep
    assert rule_for([wide, deep, exact], "/a/c") == wide


def test_a_vanished_page_is_not_found() -> None:
    page = read(content_item(schema_name="vanish"))
    assert (page.status, page.title) == (404, "Page not found - GOV.UK")
    assert "When is low tide?" not in page.text


def test_a_replaced_page_names_what_takes_its_address() -> None:
    item = content_item(schema_name="substitute")
    successor = content_item(title="Tide tables")
    assert "“Tide tables”" in read(item, known={"/low-tide": successor}).text
    assert "missing_link" in read(item).remarks


@pytest.mark.parametrize(
    "schema", ["consultation", "publication", "answer", "transaction", "guide"]
)
def test_a_withdrawn_page_says_when_and_why(schema: str) -> None:
    notice = {"withdrawn_at": "2026-06-30T23:30:00Z", "explanation": "<p>It is old.</p>"}
    page = read(content_item(schema_name=schema, withdrawn_notice=notice))
    assert "was withdrawn on 1 July 2026 It is old." in page.text
    assert page.title.startswith("[Withdrawn] ")


def place(title: str, locale: str = "en", **details: Any) -> Read:
    return read(content_item(schema_name="place", title=title, locale=locale, details=details))


@pytest.mark.parametrize(
    ("title", "locale", "button"),
    [
        ("Find a harbour", "en", "Find results near you"),
        ("Find a harbour", "cy", "Darganfod canlyniadau yn agos i chi"),
        ("Find a register office", "en", "Find a register office"),
        ("Darganfod swyddfa gofrestru", "cy", "Darganfod swyddfa gofrestru"),
    ],
)
def test_the_button_of_a_place_is_named(title: str, locale: str, button: str) -> None:
    text = place(title, locale).text
    assert text.count(button) == (2 if button == title else 1)


def test_what_is_said_of_a_place_stands_under_one_heading() -> None:
    page = place("Harbours", need_to_know="<p>Depth.</p>", more_information="<p>Tides.</p>")
    assert page.headings[1:] == ["Further information"]
    assert "Further information Depth. Tides." in page.text
    assert place("Harbours").headings == ["Harbours"]


def test_a_variant_changes_what_it_says_and_is_not_for_search_engines() -> None:
    variant = {"title": "Moor at night", "slug": "night", "introductory_paragraph": "<p>Dark.</p>"}
    details = {
        "introductory_paragraph": "<p>Light.</p>",
        "transaction_start_link": "https://moor.example",
        "variants": [variant],
    }
    item = content_item(schema_name="transaction", base_path="/moor", details=details)
    page = read(item, "/moor/night")
    assert (page.title, page.robots) == ("Moor at night - GOV.UK", "noindex, nofollow")
    assert "Dark." in page.text
    assert "Light." not in page.text
    assert page.links["Start now"] == "https://moor.example"
