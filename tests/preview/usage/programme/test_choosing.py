"""Choosing organisations by where they belong."""

from __future__ import annotations

import pytest

from preview.errors import InvalidInput
from preview.usage.programme.actions import set_organisation
from preview.usage.programme.choosing import family

TREE = {"gulls": "coast", "coast": "harbours", "moors": "hills"}


@pytest.mark.parametrize(
    ("parent", "found"),
    [
        ("harbours", {"harbours", "coast", "gulls"}),
        ("gulls", {"gulls"}),
        ("nobody", {"nobody"}),
    ],
)
def test_a_family_is_all_below_at_any_depth(parent: str, found: set[str]) -> None:
    assert family(parent, TREE) == found


def test_a_circle_ends() -> None:
    assert family("a", {"a": "b", "b": "a"}) == {"a", "b"}


@pytest.mark.django_db
def test_nothing_is_part_of_itself_or_of_what_is_part_of_it() -> None:
    set_organisation(key="coast", parent="harbours", actor="person:a")
    for parent in ("harbours", "coast"):
        with pytest.raises(InvalidInput, match="part of itself"):
            set_organisation(key="harbours", parent=parent, actor="person:a")
