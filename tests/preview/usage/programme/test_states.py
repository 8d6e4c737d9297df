"""States of organisations: by examples, and by what holds for all histories."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from preview.usage.programme.states import WORDS, Case, days_needed, standing

TODAY = date(2026, 6, 17)
SINCE = TODAY - timedelta(days=395)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def proved(first: int = 395, holes: set[int] | None = None) -> list[date]:
    """Return the proved days from `first` days ago until yesterday."""
    return [ago(n) for n in range(first, 0, -1) if n not in (holes or set())]


def case(*use: int, every: int = 1, **changes: object) -> Case:
    """Return an organisation with sessions so many days ago."""
    sessions = {ago(n): every for n in use}
    return replace(Case(TODAY, sessions, proved(), SINCE), **changes)  # type: ignore[arg-type]


WEEKLY = tuple(range(30, 200, 7))


def test_28_days_are_enough_for_who_used_it_every_week() -> None:
    assert standing(case(*WEEKLY)).state == "migrated"
    assert standing(case(*(n - 1 for n in WEEKLY))).state == "migrated"
    assert standing(case(*(n - 2 for n in WEEKLY))).state == "quiet"


def test_who_used_it_once_a_month_must_be_silent_for_longer() -> None:
    monthly = case(*range(40, 222, 28))
    assert 70 < monthly.needed <= 90
    assert standing(monthly).state == "quiet"
    assert "too early to say" in standing(monthly).why
    assert standing(case(*range(92, 274, 28))).state == "migrated"


def test_the_rate_decides_how_long_silence_must_be() -> None:
    assert [days_needed(rate) for rate in (5, 0.75, 0.5, 0.25, 0.1, 0)] == [28, 28, 42, 84, 90, 90]


def test_days_that_nobody_knows_prove_nothing() -> None:
    holes = set(range(5, 20))
    assert standing(case(*WEEKLY, proved=proved(holes=holes))).state == "quiet"


def test_nobody_is_declared_migrated_on_a_day_that_nobody_knows() -> None:
    stopped = case(*(n + 60 for n in WEEKLY))
    assert standing(stopped).state == "migrated"
    assert standing(replace(stopped, proved=stopped.proved[:-2])).state != "migrated"


def test_who_comes_back_after_a_convincing_silence_has_regressed() -> None:
    back = case(3, *(n + 60 for n in WEEKLY))
    assert standing(back).state == "regressed"
    assert str(ago(3)) in standing(back).why


def test_who_comes_back_after_a_short_silence_has_not() -> None:
    assert standing(case(3, 20, *(n - 5 for n in WEEKLY if n > 30))).state == "not_contacted"


def test_use_after_the_accounts_were_removed_is_a_regression() -> None:
    end = ago(100)
    assert standing(case(120, 130, accounts_closed_at=end)).state == "closed"
    assert standing(case(5, 120, accounts_closed_at=end)).state == "regressed"


def test_moving_needs_half_of_the_previews_in_two_weeks() -> None:
    assert standing(case(1, 2, displacement=(0.5, 0.9))).state == "moving"
    assert standing(case(1, 2, displacement=(0.9,))).state == "not_contacted"
    assert standing(case(1, 2, displacement=(0.9, 0.49))).state == "not_contacted"
    assert standing(case(1, 2, displacement=(0.9, None))).state == "not_contacted"


def test_side_states_say_until_when_and_why() -> None:
    assert standing(case(1, exempt_until=TODAY)).state == "exempt"
    assert standing(case(1, exempt_until=ago(1))).state == "not_contacted"
    assert standing(case(1, blocked_by="No draft", stage="piloting")).state == "blocked"
    assert standing(case(1, stage="piloting")).state == "piloting"


days_ago = st.sets(st.integers(0, 395), max_size=60)


@given(use=days_ago, holes=days_ago, every=st.integers(1, 20))
def test_migrated_rests_on_enough_proved_days_whatever_the_history(
    use: set[int], holes: set[int], every: int
) -> None:
    one = case(*use, every=every, proved=proved(holes=holes))
    found = standing(one)
    assert found.state in WORDS
    silence = [n for n in range(1, min(use, default=396)) if n not in holes]
    assert one.silent == len(silence)
    if found.state == "migrated":
        assert len(silence) >= 28
        assert 1 not in holes
        assert not any(n in use for n in range(28))


@given(use=days_ago, holes=days_ago)
def test_knowing_less_never_makes_an_organisation_migrated(use: set[int], holes: set[int]) -> None:
    whole, less = case(*use), case(*use, proved=proved(holes=holes))
    if standing(less).state == "migrated":
        assert standing(whole).state == "migrated"


@given(rate=st.floats(0, 100), more=st.floats(0, 100))
def test_rarer_use_needs_longer_silence(rate: float, more: float) -> None:
    assert 28 <= days_needed(rate + more) <= days_needed(rate) <= 90
