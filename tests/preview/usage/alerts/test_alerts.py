"""Alerts are raised once a day, the digest is written once a week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from preview.accounts.mock import example_people
from preview.mail import sealing
from preview.mail.models import Letter
from preview.mail.templates import text_of
from preview.usage.actions import ensure_source
from preview.usage.alerts.actions import send_digest, watch
from preview.usage.alerts.rules import RULES
from preview.usage.models import UsageObject
from preview.usage.programme.acting import UsageAlert, UsageDigest
from preview.usage.programme.figures import UsageForecast, UsageMetricWeek, UsageStateChange
from preview.usage.programme.models import UsageTarget
from preview.usage.programme.standings import decide
from tests.preview.usage.tables import TODAY, WEEK, covered_until, used

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 6, 17, 12, tzinfo=UTC), tick=False):
        yield


def sentences(name: str) -> list[str]:
    return [sign.sentence for sign in RULES[name](TODAY)]


def letter(one: Letter) -> str:
    found = text_of(one.template, sealing.unseal(bytes(one.sealed)))
    return f"{found.subject}\n{found.body}"


def test_what_stands_out_is_told_once_a_day_to_who_manages_usage() -> None:
    example_people()
    UsageStateChange.objects.create(
        organisation="harbours", day=TODAY, before="migrated", after="regressed"
    )
    assert [one.rule for one in watch(TODAY)] == ["regression"]
    assert watch(TODAY) == []
    one = Letter.objects.get()
    assert one.to == "ada@harbours.example"
    assert "harbours was migrated and used integration again." in letter(one)
    assert UsageAlert.objects.count() == 1


def object_of(last: datetime, **counts: int) -> None:
    source = ensure_source(slug="edge", expected_interval=3600)
    UsageObject.objects.create(
        source=source,
        key=f"{counts}",
        fingerprint="1",
        state="done",
        last_at=round(last.timestamp() * 1000),
        **counts,
    )


def test_a_source_is_silent_after_twice_its_interval() -> None:
    object_of(datetime(2026, 6, 17, 10, 30, tzinfo=UTC), lines=1)
    assert sentences("silent_source") == []
    with time_machine.travel(datetime(2026, 6, 17, 13, tzinfo=UTC), tick=False):
        assert sentences("silent_source") == ["Source edge sent nothing new for 2 hours."]


def test_a_source_that_never_sends_anything_is_told_of() -> None:
    ensure_source(slug="new", expected_interval=3600)
    assert sentences("silent_source") == []
    with time_machine.travel(datetime(2026, 6, 17, 15, tzinfo=UTC), tick=False):
        assert sentences("silent_source") == ["Source new has never sent anything."]


def test_more_than_one_percent_of_unreadable_lines_stands_out() -> None:
    object_of(datetime(2026, 6, 17, 12, tzinfo=UTC), lines=1000, rejected=10)
    assert sentences("rejected_lines") == []
    object_of(datetime(2026, 6, 17, 12, tzinfo=UTC), lines=1000, rejected=30)
    assert sentences("rejected_lines") == ["2.0% of the lines of edge can't be read."]


def test_more_than_a_fifth_of_unknown_people_stands_out() -> None:
    used(TODAY, sessions=8)
    used(TODAY, "", sessions=2, audience="unknown_human")
    assert sentences("unknown_people") == []
    used(TODAY, "", audience="unknown_human")
    assert len(sentences("unknown_people")) == 1


def test_a_day_far_above_the_same_weekday_stands_out() -> None:
    for week in range(1, 9):
        used(TODAY - DAY - timedelta(weeks=week), sessions=4)
    used(TODAY - DAY, sessions=7)
    assert sentences("spike") == []
    used(TODAY - DAY)
    assert sentences("spike") == ["8 sessions on 2026-06-16; 4 are usual on that weekday."]


def test_a_target_that_the_last_weeks_do_not_reach_is_at_risk() -> None:
    UsageTarget.objects.create(metric="remaining", value=0, due=TODAY + timedelta(weeks=10))
    for number in range(8):
        UsageMetricWeek.objects.create(
            metric="remaining",
            week=WEEK - timedelta(weeks=7 - number),
            value=30 - 2 * number,
            state="known",
        )
    assert sentences("target_at_risk") == []
    UsageTarget.objects.create(metric="remaining", value=5, due=TODAY + timedelta(weeks=2))
    assert len(sentences("target_at_risk")) == 1


def test_a_forecast_that_slips_by_more_than_four_weeks_stands_out() -> None:
    for days, weeks in ((7, 20), (0, 24)):
        middle = TODAY + timedelta(weeks=weeks)
        UsageForecast.objects.create(day=TODAY - days * DAY, middle=middle)
    assert sentences("forecast_slipped") == []
    UsageForecast.objects.filter(day=TODAY).update(middle=TODAY + timedelta(weeks=25))
    assert len(sentences("forecast_slipped")) == 1


def test_the_digest_is_written_once_from_monday_8am_on() -> None:
    example_people()
    covered_until(TODAY, 60)
    used(WEEK, sessions=3)
    decide(TODAY)
    monday = datetime(2026, 6, 15, 6, 59, tzinfo=UTC)  # 7:59 in London
    assert send_digest(monday) is None
    sent = send_digest(monday + timedelta(minutes=1))
    assert sent is not None
    assert sent.recipients == 1
    assert send_digest(monday + timedelta(hours=5)) is None
    assert UsageDigest.objects.count() == 1
    told = letter(Letter.objects.get(template="usage_digest"))
    assert "Remaining sessions: 3 (the week before: 0)" in told
    assert told.startswith("Integration usage: 1 organisations remain")


def test_the_digest_says_no_data_where_there_is_none() -> None:
    example_people()
    decide(TODAY)
    send_digest()
    told = letter(Letter.objects.get())
    assert "Remaining sessions: no data (the week before: no data)" in told
    assert "Integration usage: some organisations remain" in told
