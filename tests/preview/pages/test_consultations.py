"""Consultations, calls for evidence and announcements: phases, dates, what came of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from preview.pages.dates import closing, day, opening
from preview.pages.types.statistics_announcement import with_preposition
from tests.conftest import content_item
from tests.preview.pages.reading import Read, read

WAYS = {
    "link_url": "https://answers.example",
    "attachment_url": "https://files.example/form.odt",
    "email": "quay@harbours.example",
    "postal_address": "1 Quay Street\nPort Example",
}
FILE = {"attachment_type": "file", "url": "https://files.example/a.pdf", "filename": "a.pdf"}


def consultation(
    document_type: str, schema_name: str = "consultation", locale: str = "en", **details: Any
) -> Read:
    dates = {"opening_date": "2026-01-05T09:30:00Z", "closing_date": "2026-03-27T17:00:00Z"}
    item = content_item(
        schema_name=schema_name,
        document_type=document_type,
        locale=locale,
        description="We ask about moorings.",
        details={"body": "<p>Why we ask.</p>", **dates, **details},
    )
    return read(item)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-01-05T09:30:00+00:00", "9:30am on 5 January 2026"),
        ("2026-01-05T17:00:00+00:00", "5pm on 5 January 2026"),
        ("2026-01-05T12:00:00+00:00", "midday on 5 January 2026"),
        ("2026-01-05T12:30:00+00:00", "12:30pm on 5 January 2026"),
        ("2026-01-05T00:30:00+00:00", "12:30am on 5 January 2026"),
        ("2026-01-05T00:00:00+00:00", "5 January 2026"),
        # summer time began at 1am on 29 March 2026: midnight in London is 11pm the day before
        ("2026-06-30T23:00:00+00:00", "1 July 2026"),
        ("2026-03-29T00:59:00+00:00", "12:59am on 29 March 2026"),
        ("2026-03-29T01:00:00+00:00", "2am on 29 March 2026"),
        ("2026-10-25T00:30:00+00:00", "1:30am on 25 October 2026"),
        ("2026-10-25T01:30:00+00:00", "1:30am on 25 October 2026"),
    ],
)
def test_an_opening_time_is_that_of_london_and_midnight_is_not_said(when: str, said: str) -> None:
    assert opening(datetime.fromisoformat(when)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-01-10T00:00:00+00:00", "11:59pm on 9 January 2026"),
        ("2026-01-10T00:00:40+00:00", "10 January 2026"),
        ("2026-06-30T23:00:00+00:00", "11:59pm on 30 June 2026"),
        ("2026-03-01T00:00:00+00:00", "11:59pm on 28 February 2026"),
        ("2026-01-10T23:59:00+00:00", "11:59pm on 10 January 2026"),
    ],
)
def test_midnight_closes_the_day_before(when: str, said: str) -> None:
    assert closing(datetime.fromisoformat(when)) == said


def test_a_day_more_than_a_century_ahead_has_no_summer_time() -> None:
    assert day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026"
    assert day(datetime(2200, 6, 30, 23, 30, tzinfo=UTC)) == "30 June 2200"


def test_an_unopened_consultation_says_when_it_opens() -> None:
    page = consultation("consultation")
    assert "This consultation isn't open yet" in page.headings
    assert "This consultation opens at 9:30am on 5 January 2026" in page.text
    assert "It closes at 5pm on 27 March 2026" in page.text


def test_one_that_opens_at_midnight_opens_on_a_day() -> None:
    page = consultation("consultation", opening_date="2026-01-05T00:00:00Z")
    assert "This consultation opens on 5 January 2026" in page.text


def test_an_open_consultation_says_how_to_respond() -> None:
    page = consultation("open_consultation", ways_to_respond=WAYS)
    assert "This consultation closes at 5pm on 27 March 2026" in page.text
    assert page.links["Respond online"] == "https://answers.example"
    assert page.links["quay@harbours.example"] == "mailto:quay@harbours.example"
    assert "Complete a response form and either" in page.text
    assert "Write to: 1 Quay Street Port Example" in page.text


@pytest.mark.parametrize("left", ["email", "postal_address"])
def test_a_form_that_can_be_sent_in_one_way_is_not_either(left: str) -> None:
    ways = {k: v for k, v in WAYS.items() if k != left}
    page = consultation("open_consultation", ways_to_respond=ways)
    assert "Complete a response form and" in page.text
    assert "either" not in page.text


def test_a_form_that_can_be_sent_nowhere_is_not_shown() -> None:
    ways = {"link_url": WAYS["link_url"], "attachment_url": WAYS["attachment_url"]}
    page = consultation("open_consultation", ways_to_respond=ways)
    assert "response form" not in page.links
    assert "Respond online or" not in page.text


def test_nobody_can_respond_to_a_closed_consultation() -> None:
    page = consultation("closed_consultation", ways_to_respond=WAYS)
    assert "Ways to respond" not in page.headings
    assert "We are analysing your feedback" in page.headings
    ran = "This consultation ran from 9:30am on 5 January 2026 to 5pm on 27 March 2026"
    assert ran in page.text


def test_an_outcome_comes_before_the_original_consultation() -> None:
    page = consultation(
        "consultation_outcome",
        final_outcome_detail="<p>Two metres.</p>",
        final_outcome_attachments=["b", "a"],
        public_feedback_detail="<p>48 answers.</p>",
        public_feedback_attachments=["c"],
        featured_attachments=["d"],
        attachments=[{**FILE, "id": name, "title": f"File {name}"} for name in "abcd"],
    )
    assert page.headings[1:12] == [
        "Read the full outcome",
        "File a",
        "File b",
        "Detail of outcome",
        "Feedback received",
        "File c",
        "Detail of feedback received",
        "Original consultation",
        "Summary",
        "Consultation description",
        "Documents",
    ]
    assert "This consultation has concluded" in page.text


def test_a_call_for_evidence_has_no_feedback_and_its_own_words() -> None:
    page = consultation(
        "call_for_evidence_outcome",
        "call_for_evidence",
        outcome_detail="<p>Much.</p>",
        public_feedback_detail="<p>Hidden.</p>",
        held_on_another_website_url="https://elsewhere.example",
    )
    assert "This call for evidence has closed" in page.text
    assert "Original call for evidence" in page.headings
    assert "This call for evidence was held on another website." in page.text
    assert "Hidden" not in page.text


def test_a_consultation_without_dates_or_ways_is_shown_without() -> None:
    page = consultation(
        "open_consultation", opening_date=None, closing_date="soon", ways_to_respond=7
    )
    assert "This consultation closes at" in page.text
    assert "generic" not in page.remarks


def test_a_welsh_consultation_speaks_welsh() -> None:
    page = consultation("closed_consultation", locale="cy")
    assert "Rydym yn dadansoddi eich adborth" in page.headings
    assert "Disgrifiad o'r ymgynghoriad" in page.headings


def test_a_consultation_applies_to_nations_by_name_and_leads_to_others() -> None:
    page = consultation(
        "open_consultation",
        national_applicability={
            "wales": {"label": "Wales", "applicable": True},
            "england": {"label": "England", "applicable": True},
            "scotland": {"applicable": False, "alternative_url": "https://scotland.example"},
        },
    )
    assert "Applies to England and Wales" in page.headings
    assert page.links["Consultation for Scotland"] == "https://scotland.example"


def test_one_nation_alone_is_said() -> None:
    nations = {"england": {"label": "England", "applicable": True}}
    assert (
        "Applies to England"
        in consultation("open_consultation", national_applicability=nations).headings
    )


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("20 January 2026 9:30am", "on 20 January 2026 9:30am"),
        ("20 January 2026 9:30AM", "on 20 January 2026 9:30AM"),
        ("January 2026", "in January 2026"),
        ("January to February 2026", "between January and February 2026"),
        ("soon", "soon"),
    ],
)
def test_a_release_date_stands_in_its_sentence(date: str, said: str) -> None:
    assert with_preposition(date) == said


def announcement(**details: Any) -> Read:
    return read(
        content_item(
            schema_name="statistics_announcement",
            document_type="official_statistics_announcement",
            details={"display_date": "January 2026", "format_sub_type": "official", **details},
        )
    )


def test_a_cancelled_announcement_says_when_and_why() -> None:
    page = announcement(
        state="cancelled", cancelled_at="2026-07-17T14:05:42Z", cancellation_reason="No boats."
    )
    assert "Proposed release: January 2026 Cancellation date: 17 July 2026 3:05pm" in page.text
    assert "Statistics release cancelled No boats." in page.text
    assert "will be released" not in page.text


def test_a_moved_release_date_says_the_one_before() -> None:
    page = announcement(
        state="confirmed", previous_display_date="May 2026", latest_change_note="Storm."
    )
    assert "Previous date: May 2026 Reason for change: Storm." in page.text
    assert "These statistics will be released in January 2026" in page.text
    assert page.title.endswith(" - Official statistics announcement - GOV.UK")


def test_an_item_that_was_never_published_has_no_date_of_change() -> None:
    item = content_item(schema_name="publication", public_updated_at="2026-01-12T10:15:00Z")
    assert "Last updated" not in read(item).text
    item["first_published_at"] = "2025-03-04T09:30:00Z"
    assert "Last updated: 12 January 2026" in read(item).text


def test_a_csv_file_is_looked_at_online_where_its_asset_is_known() -> None:
    def links(**more: Any) -> dict[str, str]:
        file = {**FILE, "id": "a", "title": "A", "content_type": "text/csv", "filename": "a.csv"}
        details = {"attachments": [{**file, **more}], "featured_attachments": ["a"]}
        return read(content_item(schema_name="publication", details=details)).links

    known = {"assets": [{"asset_manager_id": "4f", "filename": "a.csv"}]}
    other = {"assets": [{"asset_manager_id": "4f", "filename": "b.csv"}]}
    assert links(**known)["View online"] == "/csv-preview/4f/a.csv"
    assert links()["View online"] == "https://files.example/a.pdf/preview"
    assert "View online" not in links(**other)
