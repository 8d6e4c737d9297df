"""What admins can enter, and which sentences refuse the rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from preview.audit.models import Entry
from preview.errors import InvalidInput
from preview.usage.actions import add_training_window
from preview.usage.programme import actions
from preview.usage.programme.acting import UsageBrownout, UsageCampaign
from preview.usage.programme.brownouts import cancel_brownout, coming, plan_brownout, result
from preview.usage.programme.effects import effect
from preview.usage.programme.models import UsageContact, UsageOrganisation
from preview.usage.programme.nudging import Who, answer, known_way, record_nudge, save_campaign
from tests.preview.usage.tables import previewed, used

pytestmark = pytest.mark.django_db
ADA = "person:ada"
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
WHEN = datetime(2026, 6, 16, 9, tzinfo=UTC)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_first_contact_moves_the_stage_on_and_a_later_one_does_not_move_it_back() -> None:
    def contact() -> None:
        actions.log_contact(
            organisation="harbours", at=NOW.date(), channel="call", text="Hello", actor=ADA
        )

    contact()
    assert UsageOrganisation.objects.get(key="harbours").stage == "contacted"
    actions.set_organisation(key="harbours", actor=ADA, stage="piloting", note="Keen")
    contact()
    found = UsageOrganisation.objects.get(key="harbours")
    assert (found.stage, found.note, UsageContact.objects.count()) == ("piloting", "Keen", 2)


def test_the_trail_says_who_changed_what_and_none_of_the_words() -> None:
    actions.set_organisation(key="harbours", actor=ADA, note="A secret note")
    entry = Entry.objects.get(action="usage_organisation.change")
    assert (entry.actor, entry.subject, entry.detail) == (
        ADA,
        "organisation:harbours",
        {"facts": "note"},
    )


@pytest.mark.parametrize(
    ("refused", "sentence"),
    [
        (lambda: actions.set_organisation(key="", actor=ADA), "Say which organisation"),
        (lambda: actions.set_organisation(key="a", actor=ADA, stage="x"), "how far the talks"),
        (lambda: actions.set_organisation(key="a", actor=ADA, state="x"), "Nothing is noted"),
        (
            lambda: actions.set_organisation(key="a", actor=ADA, due=date(1, 1, 1)),
            "between 2010 and 2100",
        ),
        (
            lambda: actions.log_contact(
                organisation="a", at=NOW.date(), channel="call", text=" ", actor=ADA
            ),
            "Enter what was talked about",
        ),
        (
            lambda: actions.set_target(metric="x", value=1, due=NOW.date(), actor=ADA),
            "Select a metric",
        ),
        (
            lambda: actions.set_target(metric="displacement", value=5, due=NOW.date(), actor=ADA),
            "between 0 and 1",
        ),
        (
            lambda: actions.annotate(day=NOW.date(), kind="note", text="", actor=ADA),
            "Enter what happened",
        ),
        (
            lambda: actions.set_capability(kind="spaceships", since=None, actor=ADA),
            "Select a kind",
        ),
        (
            lambda: actions.save_blocker(title="A", reason="X", actor=ADA),
            "Select the reason",
        ),
        (
            lambda: actions.save_wave(
                name="1", starts=NOW.date(), ends=NOW.date(), organisations=[], actor=ADA
            ),
            "at least one organisation",
        ),
        (lambda: record_nudge(event="x", who=Who(), way=known_way()), "An event is one of"),
        (
            lambda: answer(who=Who(), way=known_way(), reason="X", via="go"),
            "Select why you use",
        ),
    ],
)
def test_what_can_not_be_is_refused_with_a_sentence(refused: Any, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        refused()


def test_an_address_can_only_name_what_the_rules_know() -> None:
    way = known_way(app="whitehall-admin", kind="people", campaign="none", variant="b")
    assert (way.app, way.kind, way.campaign, way.variant) == ("whitehall", "people", "", "")
    assert known_way(app="<script>", kind="x").app == ""


def planned(starts: datetime = WHEN, hours: float = 3, app: str = "whitehall") -> UsageBrownout:
    return plan_brownout(app=app, starts_at=starts, ends_at=starts + hours * HOUR, actor=ADA)


def test_the_test_suite_is_always_let_through() -> None:
    made = plan_brownout(
        app="whitehall", starts_at=WHEN, ends_at=WHEN + HOUR, actor=ADA, exempt=["category:gds"]
    )
    assert made.exempt == ["category:e2e", "category:gds", "network:nat"]
    assert coming() == [made]
    cancel_brownout(brownout_id=made.pk, actor=ADA)
    cancel_brownout(brownout_id=made.pk, actor=ADA)
    assert coming() == []
    assert Entry.objects.filter(action="usage_brownout.cancel").count() == 1


@pytest.mark.parametrize(
    ("starts", "hours", "sentence"),
    [
        (NOW + 3 * DAY, 3, "7 days before"),
        (WHEN - DAY, 3, "On Mondays"),
        (WHEN + 4 * DAY, 3, "working day"),
        (WHEN + 12 * HOUR, 3, "between 8am and 6pm"),
        (WHEN, 25, "24 hours at most"),
        (WHEN, 0, "ends after it starts"),
        (WHEN + 3 * DAY, 23, "before the weekend"),
    ],
)
def test_a_brownout_is_announced_and_meets_people_at_work(
    starts: datetime, hours: float, sentence: str
) -> None:
    with pytest.raises(InvalidInput, match=sentence):
        planned(starts, hours)


def test_a_brownout_keeps_away_from_training_blackouts_and_other_brownouts() -> None:
    add_training_window(starts_at=WHEN, ends_at=WHEN + HOUR, apps=["publisher"])
    with pytest.raises(InvalidInput, match="training"):
        planned(app="publisher")
    planned()
    with pytest.raises(InvalidInput, match="already"):
        planned(WHEN + HOUR)
    actions.annotate(
        day=date(2026, 6, 17),
        until=date(2026, 6, 19),
        kind="blackout",
        text="Budget",
        actor=ADA,
    )
    with pytest.raises(InvalidInput, match="Budget"):
        planned(WHEN + 2 * DAY)
    with pytest.raises(InvalidInput, match="an application"):
        planned(app="draft-frontend")


def test_a_brownout_has_a_result_once_it_is_over() -> None:
    made = planned()
    assert result(made) is None
    with time_machine.travel(WHEN + 4 * HOUR, tick=False):
        found = result(made)
        assert found is not None
        assert (found.actors, found.requests, found.actors_before) == (0, 0, 0)


def campaign(**changes: Any) -> UsageCampaign:
    asked = {
        "name": "people-pages",
        "title": "People pages",
        "variants": ["short", "long"],
        "organisations": ["harbours"],
        "control": ["orchards"],
        "starts": date(2026, 5, 11),
        "ends": date(2026, 5, 17),
        "actor": ADA,
    }
    return save_campaign(**{**asked, **changes})


def test_a_campaign_is_compared_with_a_group_that_was_not_nudged() -> None:
    made = campaign()
    begins, today = made.starts, date(2026, 5, 24)
    for day in range(1, 15):
        used(begins - day * DAY, "harbours", sessions=2)
        used(begins - day * DAY, "orchards", sessions=2)
    for day in range(14):
        used(begins + day * DAY, "harbours")
        used(begins + day * DAY, "orchards", sessions=2)
        previewed(begins + day * DAY, "harbours")
    found = effect(made, today)
    assert (found.nudged.before, found.nudged.since, found.nudged.change) == (14, 7, -0.5)
    assert (found.nudged.share_before, found.nudged.share_since) == (0, 0.5)
    assert (found.control.change, found.difference) == (0, -0.5)


def test_without_a_control_group_all_others_are_compared() -> None:
    made = campaign(control=[])
    used(made.starts - DAY, "orchards")
    used(made.starts - DAY, "")
    assert effect(made, date(2026, 5, 24)).control.organisations == 1


def test_nobody_can_be_in_both_groups() -> None:
    with pytest.raises(InvalidInput, match="1 organisations are in both"):
        campaign(control=["harbours"])
