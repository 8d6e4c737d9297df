"""What the tables say: remaining use, people, and how well a day is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from preview.usage import queries
from preview.usage.actions import active_rules
from preview.usage.models import UsageObject
from preview.usage.queries import DayState, Span
from tests.preview.usage import samples
from tests.preview.usage.conftest import rebuild, working_day
from tests.preview.usage.samples import HARBOURS, START, UID, Visit

Put = Callable[..., UsageObject]
DAY = date(2026, 3, 3)
WEEK = Span.ending(date(2026, 3, 5), 7)
EDIT = Visit(method="POST", target="/government/admin/people/700")


@pytest.fixture
def busy(put: Put) -> None:
    """One known person, five unknown ones, a developer and a probe."""
    put([samples.USERS_HEADER, f"{UID},A,,harbours,{HARBOURS},,editor"], key="users.csv")
    put([samples.EVENTS_HEADER, f"1,{UID},2026-03-03 09:00:00,3,Whitehall,47,"], key="events.csv")
    put([*working_day(), "rubbish"], key="alb")
    known = samples.nginx(EDIT.but(ip="203.0.113.77", request_id="k"), signon_uid=UID)
    developer = samples.nginx(Visit(target="/sidekiq", ip="203.0.113.78", request_id="d"))
    more = [
        samples.nginx(EDIT.but(at=START + n, ip="203.0.113.9", request_id=f"m{n}"))
        for n in range(60)
    ]
    put([known, developer, *more], key="nginx")
    rebuild()


def test_remaining_use_is_of_people_and_known_by_organisation(busy: None) -> None:
    found = {one.audience for one in queries.remaining(WEEK)}
    assert found == {"end_user", "unknown_human"}
    assert queries.active_people(WEEK) == 1
    assert dict(queries.organisations_remaining(WEEK))[HARBOURS] == 1
    total = queries.remaining(WEEK).count()
    assert queries.sessions_by_day(WEEK) == {DAY: total}
    assert queries.identified_share(WEEK) == 1 / total
    assert queries.last_use(HARBOURS) == datetime.fromtimestamp(START, UTC)
    assert queries.identified_share(Span(date(2020, 1, 1), date(2020, 1, 2))) is None


def test_accounts_and_the_baseline_come_from_signon(busy: None) -> None:
    assert queries.accounts_kept() == [(HARBOURS, 1)]
    assert queries.monthly_access(WEEK) == [(date(2026, 3, 1), "Whitehall", 1, 1)]


def test_a_day_is_used_proved_partial_or_missing(put: Put) -> None:
    quiet = [line for line in working_day() if "kube-probe" in line]
    rules = active_rules()

    def state() -> DayState:
        rebuild()
        return queries.day_states(WEEK, rules)[DAY]

    put(quiet[:5], key="a.log")
    assert state() is DayState.PARTIAL
    put(quiet, key="a.log")
    assert state() is DayState.PROVED
    put(working_day(), key="a.log")
    assert state() is DayState.USED
    assert queries.day_states(WEEK, rules)[date(2026, 3, 4)] is DayState.MISSING
    assert queries.coverage_table(DAY).first() is not None


def test_a_source_that_says_nothing_is_silent(busy: None) -> None:
    (health,) = queries.source_health(datetime.fromtimestamp(START + 11 * 3600, UTC))
    assert (health.silent, health.rejected, health.waiting) == (False, 1, 0)
    (later,) = queries.source_health(datetime.fromtimestamp(START + 24 * 3600, UTC))
    assert later.silent
    assert queries.reject_causes() == {health.source.pk: [("unknown_format", 1)]}
