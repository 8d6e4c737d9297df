"""The funnel of nudges, followed person by person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from preview.usage.metrics.nudges import Funnel, funnels
from preview.usage.models import UsagePerson
from preview.usage.programme.acting import UsageNudge
from preview.usage.queries import Span
from tests.preview.usage.tables import at, previewed, used

pytestmark = pytest.mark.django_db
CLICK = date(2026, 3, 3)
TODAY = CLICK + timedelta(days=60)


def nudged(event: str, person: str, day: date = CLICK, variant: str = "a") -> None:
    UsageNudge.objects.create(event=event, person=person, at=at(day), variant=variant)


def found(today: date = TODAY) -> Funnel:
    (funnel,) = funnels(Span(CLICK - timedelta(days=30), today))
    return funnel


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    for number in range(4):
        UsagePerson.objects.create(key=f"p{number}", email_key=f"e{number}")


def test_who_previews_within_a_week_and_never_comes_back_arrives() -> None:
    nudged("shown", "p1")
    nudged("shown", "")
    nudged("clicked", "p1")
    previewed(CLICK + timedelta(days=7), person="e1")
    funnel = found()
    assert (funnel.shown, funnel.unknown_shown, len(funnel.clicked)) == ({"p1"}, 1, 1)
    assert (funnel.previewed, funnel.stayed_away, funnel.waiting) == (1, 1, 0)


def test_a_preview_after_8_days_is_no_effect_of_the_click() -> None:
    nudged("clicked", "p1")
    previewed(CLICK + timedelta(days=8), person="e1")
    assert found().previewed == 0


@pytest.mark.parametrize(("days", "stayed"), [(1, 0), (28, 0), (29, 1)])
def test_use_in_the_28_days_after_the_preview_undoes_it(days: int, stayed: int) -> None:
    nudged("clicked", "p1")
    previewed(CLICK, person="e1")
    used(CLICK + timedelta(days=days), person="p1")
    assert found().stayed_away == stayed


def test_whose_28_days_are_not_over_is_waited_for() -> None:
    nudged("clicked", "p1")
    previewed(CLICK, person="e1")
    funnel = found(CLICK + timedelta(days=27))
    assert (funnel.stayed_away, funnel.waiting) == (0, 1)


def test_somebody_known_by_e_mail_only_is_the_same_person() -> None:
    UsageNudge.objects.create(event="clicked", email_key="e2", at=at(CLICK), variant="a")
    nudged("clicked", "p2")
    assert list(found().clicked) == ["p2"]


def test_variants_are_compared_side_by_side() -> None:
    nudged("shown", "p1", variant="b")
    nudged("shown", "p2", variant="a")
    both = funnels(Span(CLICK, TODAY))
    assert [one.variant for one in both] == ["a", "b"]
