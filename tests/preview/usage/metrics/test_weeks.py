"""Metrics by week, compared with sums on paper: unknown is never zero."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from preview.usage.metrics.displacement import divided
from preview.usage.metrics.registry import METRICS, Metric, points, register
from preview.usage.metrics.weeks import Frame, Known, monday
from preview.usage.models import UsagePerson
from preview.usage.programme.actions import set_capability
from preview.usage.programme.figures import UsageStateChange
from preview.usage.programme.standings import frame_of
from preview.usage.queries import Span
from tests.preview.usage.tables import TODAY, WEEK, covered, covered_until, previewed, used

pytestmark = pytest.mark.django_db
BEFORE = WEEK - timedelta(weeks=1)
DAY = timedelta(days=1)


def value(name: str, week: date = WEEK) -> tuple[float | None, str]:
    found = {one.week: one for one in points(METRICS[name], frame())}[week]
    return found.value, found.state


def frame() -> Frame:
    return frame_of(TODAY)


def test_training_is_a_series_of_its_own_and_others_are_in_neither() -> None:
    covered_until(TODAY, 30)
    used(WEEK, sessions=3)
    used(WEEK + DAY, "", sessions=2, audience="unknown_human")
    used(WEEK, audience="training", sessions=5)
    used(WEEK, audience="developer", sessions=7)
    used(WEEK, audience="share_recipient", sessions=11)
    used(WEEK, sessions=13, qualifying=False)
    assert value("remaining") == (5, Known.KNOWN)
    assert value("training") == (5, Known.KNOWN)


def test_a_week_without_use_is_zero_and_one_without_data_is_unknown() -> None:
    covered(*(WEEK + n * DAY for n in range(5)))
    assert value("remaining") == (0, Known.KNOWN)
    assert value("remaining", BEFORE) == (None, Known.MISSING)
    assert value("displacement") == (None, Known.KNOWN)


def test_a_week_with_holes_says_at_least_so_much() -> None:
    covered(*(WEEK + n * DAY for n in range(3)))
    covered(WEEK + 3 * DAY, complete=False)
    used(WEEK, sessions=4)
    assert value("remaining") == (4, Known.PARTIAL)
    assert value("completeness") == (0.6, Known.KNOWN)


def test_the_running_week_is_partial_even_when_all_is_there() -> None:
    covered_until(TODAY, 10)
    assert value("remaining", monday(TODAY)) == (0, Known.PARTIAL)


def test_a_person_counts_once_a_week_and_unknown_sessions_stand_beside() -> None:
    covered_until(TODAY, 30)
    used(WEEK, person="p1")
    used(WEEK + DAY, person="p1")
    used(WEEK + DAY, person="p2")
    used(BEFORE, person="p1")
    used(WEEK, "", audience="unknown_human", sessions=4)
    assert value("people") == (2, Known.KNOWN)
    assert value("people", BEFORE) == (1, Known.KNOWN)
    assert value("unknown_sessions") == (4, Known.KNOWN)
    assert value("identified") == (3 / 7, Known.KNOWN)


def test_an_organisation_remains_for_28_days_after_its_last_use() -> None:
    covered_until(TODAY, 90)
    end = WEEK + 6 * DAY
    used(end - 27 * DAY, "harbours")
    used(end - 28 * DAY, "orchards")
    used(WEEK, "")
    assert value("organisations") == (1, Known.KNOWN)
    assert value("organisations", BEFORE) == (2, Known.KNOWN)


def test_displacement_is_the_share_of_previews_in_production() -> None:
    covered_until(TODAY, 30)
    used(WEEK, sessions=3)
    used(WEEK, "orchards", kind="roles")
    for _ in range(6):
        previewed(WEEK + DAY)
    assert value("displacement") == (0.6, Known.KNOWN)
    assert value("production") == (6, Known.KNOWN)
    found = divided(Span(WEEK, WEEK + 6 * DAY))
    assert found["harbours", "people", WEEK] == 6 / 9
    assert found["orchards", "roles", WEEK] == 0


def test_what_could_move_is_judged_by_the_day_of_the_session() -> None:
    covered_until(TODAY, 30)
    set_capability(kind="people", since=WEEK + 2 * DAY, actor="person:a")
    used(WEEK + DAY, sessions=2)
    used(WEEK + 2 * DAY, sessions=3)
    used(WEEK, kind="publication")
    used(WEEK, kind="roles", sessions=2)
    used(WEEK, kind="", sessions=50)
    assert value("substitutable") == (0.5, Known.KNOWN)
    assert value("blocked") == (4, Known.KNOWN)


def test_regressions_are_counted_on_the_day_they_were_seen() -> None:
    covered_until(TODAY, 30)
    UsageStateChange.objects.create(
        organisation="harbours", day=WEEK, before="migrated", after="regressed"
    )
    assert value("regressions") == (1, Known.KNOWN)


def test_accounts_are_known_for_now_only() -> None:
    UsagePerson.objects.create(key="p1", organisation="harbours")
    UsagePerson.objects.create(key="p2", organisation="harbours", suspended=True)
    UsagePerson.objects.create(key="p3", category="e2e")
    assert value("accounts", monday(TODAY)) == (1, Known.KNOWN)
    assert value("accounts", WEEK) == (None, Known.KNOWN)


def test_two_metrics_can_not_have_one_name() -> None:
    known = METRICS["remaining"]
    with pytest.raises(ValueError, match="Two metrics"):
        register(Metric(known.name, "Other", "sessions", known.measure, ""))
