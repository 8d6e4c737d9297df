"""The figures of a day made from the tables: standings, changes, the stored weeks, the forecast."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from preview.accounts.mock import example_people
from preview.audit.actions import record_entry
from preview.usage.keys import pseudonyms
from preview.usage.models import UsagePerson
from preview.usage.programme.actions import save_blocker, set_capability, set_organisation
from preview.usage.programme.figures import (
    UsageForecast,
    UsageMetricWeek,
    UsagePreview,
    UsageStanding,
    UsageStateChange,
)
from preview.usage.programme.models import UsageAnswer
from preview.usage.programme.nudging import Way, Who, answer, record_nudge, who_is
from preview.usage.programme.standings import decide, today_in_london
from tests.preview.usage.tables import TODAY, WEEK, covered_until, previewed, used

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADA = "person:ada"


def standing(key: str = "harbours") -> UsageStanding:
    return UsageStanding.objects.get(key=key)


def test_a_row_shows_people_sessions_and_what_could_move() -> None:
    covered_until(TODAY - DAY, 200)
    for week in range(20):
        used(TODAY - DAY - timedelta(weeks=week), person="p1", sessions=2)
    used(TODAY - DAY, person="p2", kind="publication")
    used(TODAY - DAY, person="p2", kind="")
    used(TODAY - DAY, audience="training")
    decide(TODAY)
    row = standing()
    assert (row.sessions_7, row.sessions_28, row.people_28, row.training_28) == (4, 10, 2, 1)
    assert (row.could_move, row.blocked, row.unknown_kind) == (1, 26, 1)
    assert (row.state, row.reasons[0], row.identified) == ("blocked", "NON_EDITIONABLE", 1.0)
    assert row.score == sum(row.readiness.values())


def test_making_the_figures_again_changes_nothing_and_notes_no_change() -> None:
    covered_until(TODAY - DAY, 100)
    used(TODAY - 3 * DAY, person="p1")
    decide(TODAY)
    before = list(UsageStanding.objects.values())
    assert UsageStateChange.objects.count() == 1
    decide(TODAY)
    after = list(UsageStanding.objects.values())
    assert [row | {"made_at": 0} for row in before] == [row | {"made_at": 0} for row in after]
    assert UsageStateChange.objects.count() == 1


def test_a_state_is_kept_with_the_day_since_when_it_holds() -> None:
    covered_until(TODAY, 150)
    for week in range(5, 20):
        used(TODAY - timedelta(weeks=week), person="p1")
    decide(TODAY)
    assert (standing().state, standing().since) == ("migrated", TODAY)
    covered_until(TODAY + 2 * DAY, 2)
    decide(TODAY + 2 * DAY)
    assert standing().since == TODAY
    used(TODAY + 2 * DAY, person="p1")
    changes = decide(TODAY + 2 * DAY).changes
    assert [(one.before, one.after) for one in changes] == [("migrated", "regressed")]


def test_two_weeks_with_more_previews_here_than_there_are_moving() -> None:
    covered_until(TODAY - DAY, 100)
    for week in (WEEK, WEEK - timedelta(weeks=1)):
        used(week, person="p1", kind="publication")
        previewed(week, kind="publication")
    decide(TODAY)
    assert (standing().state, standing().displacement) == ("moving", 0.5)


def test_an_answer_outranks_what_is_known_of_the_kind() -> None:
    covered_until(TODAY - DAY, 30)
    UsageAnswer.objects.create(person="p1", reason="HABIT", via="go", at=today_at(1))
    used(TODAY - DAY, person="p1")
    used(TODAY - DAY, person="p2", sessions=2)
    decide(TODAY)
    assert standing().reasons == ["NON_EDITIONABLE", "HABIT"]


def today_at(days: int) -> object:
    from tests.preview.usage.tables import at

    return at(TODAY - days * DAY)


def test_there_is_no_forecast_while_a_blocker_has_no_day_and_one_once_it_has() -> None:
    covered_until(TODAY - DAY, 200)
    for week in range(20):
        used(TODAY - DAY - timedelta(weeks=week), person="p1")
        used(TODAY - DAY - timedelta(weeks=week), "orchards", kind="publication")
    assert decide(TODAY).forecast.refusal.startswith("No forecast: 1 organisation is blocked")
    save_blocker(
        title="Drafts of people",
        reason="NON_EDITIONABLE",
        kinds=["people"],
        expected=TODAY + timedelta(weeks=10),
        actor=ADA,
    )
    forecast = decide(TODAY).forecast
    assert forecast.refusal == ""
    assert forecast.early is not None
    assert forecast.early >= TODAY + timedelta(weeks=10)
    assert UsageForecast.objects.count() == 1
    set_capability(kind="people", since=TODAY, actor=ADA)
    assert decide(TODAY).forecast.refusal == ""


def test_an_organisation_that_was_only_talked_to_has_a_row() -> None:
    set_organisation(key="lighthouses", actor=ADA, stage="piloting")
    decide(TODAY)
    assert (standing("lighthouses").state, standing("lighthouses").last_use) == ("piloting", None)


def test_weeks_are_stored_for_every_metric_with_how_well_they_are_known() -> None:
    covered_until(TODAY - DAY, 20)
    used(WEEK, sessions=3)
    decide(TODAY)
    row = UsageMetricWeek.objects.get(metric="remaining", week=WEEK)
    assert (row.value, row.state) == (3, "known")
    old = UsageMetricWeek.objects.get(metric="remaining", week=WEEK - timedelta(weeks=10))
    assert (old.value, old.state) == (None, "missing")


def test_views_in_this_service_become_preview_sessions_of_their_people() -> None:
    edith = example_people()[0]
    UsagePerson.objects.create(
        key="p9", email_key=pseudonyms().email(example_people()[1].email), category="developer"
    )
    for actor in ("person:mock-editor", "person:mock-editor", "person:mock-other-editor", "link:1"):
        record_entry(action="rendering.view", actor=actor, subject=f"draft:{uuid.uuid4()}")
    today = today_in_london()
    decide(today)
    decide(today)
    rows = UsagePreview.objects.order_by("person").values_list("person", "organisation", "views")
    assert list(rows) == [
        ("", "", 1),
        (pseudonyms().email(edith.email), str(edith.organisation_id), 2),
    ]


def test_the_same_click_within_10_minutes_counts_once_and_answers_are_kept() -> None:
    edith = example_people()[0]
    UsagePerson.objects.create(
        key="p1", email_key=pseudonyms().email(edith.email), organisation="harbours"
    )
    who, way = who_is(edith), Way(app="whitehall", kind="people")
    assert (who.person, who.organisation) == ("p1", "harbours")
    assert record_nudge(event="clicked", who=who, way=way)
    assert not record_nudge(event="clicked", who=who, way=way)
    assert record_nudge(event="clicked", who=Who(), way=way)
    assert record_nudge(event="clicked", who=Who(), way=way)
    kept = answer(who=who, way=way, reason="HABIT", via="go", text="  I did\nnot know " * 30)
    assert (len(kept.text), kept.organisation, kept.person) == (200, "harbours", "p1")
