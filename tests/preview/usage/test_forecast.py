"""The forecast: a range from hazards, the same for the same input, none without knowledge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from preview.usage.forecast import Organisation, Outlook, outlook

STOPPED = [Organisation(at_risk=weeks, stopped=True) for weeks in (3, 5, 8, 9, 12, 15, 20, 22)]
ACTIVE = [Organisation(at_risk=26, rate=2.0)] * 3


def ends(found: Outlook) -> tuple[float, float, float]:
    assert found.early is not None
    assert found.middle is not None
    assert found.late is not None
    return found.early, found.middle, found.late


def test_the_same_input_gives_the_same_range() -> None:
    first, again = outlook([*STOPPED, *ACTIVE], 26), outlook([*STOPPED, *ACTIVE], 26)
    assert first == again
    early, middle, late = ends(first)
    assert 0 < early < middle < late
    assert outlook([*STOPPED, *ACTIVE], 26, seed=7) != first


def test_slower_migrations_end_later() -> None:
    slow = [replace(one, at_risk=one.at_risk * 4) for one in STOPPED]
    lasting = [replace(one, at_risk=104) for one in ACTIVE]
    assert ends(outlook([*slow, *lasting], 104))[1] > 2 * ends(outlook([*STOPPED, *ACTIVE], 26))[1]


def test_more_organisations_end_later_and_falling_use_sooner() -> None:
    usual = ends(outlook([*STOPPED, *ACTIVE], 26))[1]
    assert ends(outlook([*STOPPED, *ACTIVE, *ACTIVE * 3], 26))[1] > usual
    falling = [replace(one, falling=4.0) for one in ACTIVE]
    assert ends(outlook([*STOPPED, *falling], 26))[1] < usual


def test_a_long_silence_of_a_frequent_user_is_as_good_as_the_end() -> None:
    silent = [replace(one, silent=3.5, rate=9.0) for one in ACTIVE]
    assert ends(outlook([*STOPPED, *silent], 26))[1] == 0


def test_a_blocked_organisation_does_not_end_before_its_blocker() -> None:
    blocked = [*ACTIVE, Organisation(at_risk=26, opens_in=40)]
    assert ends(outlook([*STOPPED, *blocked], 26))[0] > 40


@pytest.mark.parametrize(
    ("organisations", "weeks", "sentence"),
    [
        (ACTIVE, 11.9, "No forecast: there are 11 weeks of data, and 12 are needed."),
        (
            [*ACTIVE, Organisation(at_risk=26, opens_in=None)],
            26,
            "No forecast: 1 organisation is blocked, and nobody knows when that ends.",
        ),
        (
            [Organisation(at_risk=26, opens_in=None)] * 3,
            26,
            "No forecast: 3 organisations are blocked, and nobody knows when that ends.",
        ),
    ],
)
def test_without_knowledge_it_says_why_there_is_none(
    organisations: list[Organisation], weeks: float, sentence: str
) -> None:
    assert outlook(organisations, weeks) == Outlook(refusal=sentence)


def test_when_all_have_stopped_the_end_is_now() -> None:
    assert ends(outlook(STOPPED, 30)) == (0, 0, 0)


def test_nobody_stopped_yet_and_still_there_is_a_range() -> None:
    early, _, late = ends(outlook(ACTIVE, 26))
    assert 0 < early < late
