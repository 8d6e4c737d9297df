"""Which blocker comes next, and the parts of the readiness score."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from preview.usage.programme.readiness import Facts, readiness
from preview.usage.programme.unlocking import Need, Remedy, freed, in_order, unmet

DRAFTS = Remedy(1, "NON_EDITIONABLE", frozenset({"people"}))
ROLES = Remedy(2, "NON_EDITIONABLE", frozenset({"roles"}))
SETS = Remedy(3, "MULTI_PAGE_SET")


def need(organisation: str, reason: str, kind: str = "people", sessions: int = 1) -> Need:
    return Need(organisation, reason, kind, sessions)


def test_only_organisations_without_another_need_are_unlocked() -> None:
    needs = [
        need("a", "NON_EDITIONABLE"),
        need("b", "NON_EDITIONABLE"),
        need("b", "MULTI_PAGE_SET", "step_by_step_nav", 9),
        need("c", "MULTI_PAGE_SET", "x", 2),
        need("d", "OTHER"),
    ]
    first, second = in_order(needs, [SETS, DRAFTS])
    assert (first.id, first.organisations, first.step) == (3, ("c",), 1)
    assert (first.sessions, first.touched, first.then_free) == (2, 11, ("c",))
    assert (second.id, second.organisations, second.then_free) == (1, ("a",), ("a", "b"))
    assert unmet(needs, [SETS, DRAFTS]) == {"OTHER": 1}


def test_where_nobody_is_freed_alone_most_sessions_come_first() -> None:
    needs = [need("a", "NON_EDITIONABLE", "people", 2), need("a", "NON_EDITIONABLE", "roles", 5)]
    order = in_order(needs, [DRAFTS, ROLES])
    assert [one.id for one in order] == [2, 1]
    assert [one.then_free for one in order] == [(), ("a",)]
    assert [one.organisations for one in order] == [(), ()]


NEEDS = st.builds(
    Need,
    st.sampled_from("abcd"),
    st.sampled_from(["NON_EDITIONABLE", "MULTI_PAGE_SET", "OTHER"]),
    st.sampled_from(["people", "roles", "taxon"]),
    st.integers(1, 9),
)


@given(st.lists(NEEDS, max_size=20))
def test_the_steps_free_together_what_all_blockers_free(needs: list[Need]) -> None:
    remedies = [DRAFTS, ROLES, SETS]
    order = in_order(needs, remedies)
    assert sorted(one.id for one in order) == [1, 2, 3]
    together = [name for one in order for name in one.then_free]
    assert len(together) == len(set(together))
    assert set(together) == freed(needs, remedies)


def test_readiness_shows_where_its_points_come_from() -> None:
    facts = Facts(3, 1, 0.5, 2, "contacted", now=2, before=8)
    parts = readiness(facts)
    assert (parts.capability, parts.displacement, parts.no_blocker) == (30, 12, 0)
    assert (parts.contact, parts.trend, parts.score) == (5, 8, 55)
    assert readiness(Facts(0, 0, None, 0, "piloting", 0, 0)).score == 75


FACTS = st.builds(
    Facts,
    could_move=st.integers(0, 99),
    blocked=st.integers(0, 99),
    displacement=st.none() | st.floats(0, 1),
    open_blockers=st.integers(0, 9),
    stage=st.sampled_from(["not_contacted", "contacted", "piloting"]),
    now=st.integers(0, 99),
    before=st.integers(0, 99),
)


@given(FACTS)
def test_the_score_stays_between_0_and_100(facts: Facts) -> None:
    assert 0 <= readiness(facts).score <= 100
