"""Proposals without content: read whatever was stored."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from preview.drafts.proposals import TYPES, links_of, unpublishing_of

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
NAMES = ("type", "explanation", "alternative_path", "redirects", "unpublished_at", "links")


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), ANYTHING))
def test_any_payload_can_be_read(payload: dict[str, Any]) -> None:
    assert unpublishing_of(payload).type in TYPES
    assert all(isinstance(ids, list) for ids in links_of(payload).values())


def test_a_redirect_keeps_its_rules() -> None:
    rule = {"path": "/a", "type": "prefix", "segments_mode": "preserve", "destination": "/b"}
    found = unpublishing_of({"type": "redirect", "redirects": [rule]})
    assert (found.type, list(found.redirects)) == ("redirect", [rule])


def test_links_that_are_no_lists_are_left_out() -> None:
    assert links_of({"links": {"taxons": ["a", 1], "parent": "b"}}) == {"taxons": ["a"]}
