"""The access decision, every combination that matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from preview.access import Act, Guest, Limits, Staff, decide

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
HARBOURS, ORCHARDS = "harbours", "orchards"


def staff(*permissions: str, organisation: str | None = HARBOURS, active: bool = True) -> Staff:
    return Staff("edith", organisation, frozenset(permissions), active)


def test_a_stranger_is_denied_everything() -> None:
    assert not any(decide(None, act, Limits(), NOW).allowed for act in Act)


@pytest.mark.parametrize(
    ("viewer", "limits", "act", "allowed"),
    [
        (staff("signin"), Limits(), Act.VIEW, True),
        (staff(), Limits(), Act.VIEW, False),
        (staff("signin", active=False), Limits(), Act.VIEW, False),
        (staff("signin"), Limits(limited=True), Act.VIEW, False),
        (staff("signin", organisation=None), Limits(limited=True), Act.VIEW, False),
        (staff("signin"), Limits(True, organisations=frozenset({HARBOURS})), Act.VIEW, True),
        (staff("signin"), Limits(True, organisations=frozenset({ORCHARDS})), Act.VIEW, False),
        (staff("signin"), Limits(True, users=frozenset({"edith"})), Act.VIEW, True),
        (staff("signin"), Limits(), Act.SHARE, True),
        (staff("signin"), Limits(draft_open=False), Act.SHARE, False),
        (staff("signin"), Limits(True, users=frozenset({"edith"})), Act.SHARE, False),
        (
            staff("signin", "share_sensitive"),
            Limits(True, users=frozenset({"edith"})),
            Act.SHARE,
            True,
        ),
        (staff("signin", "admin"), Limits(limited=True), Act.VIEW, False),
        (staff("signin", "admin"), Limits(limited=True), Act.REVOKE, True),
        (staff("signin"), Limits(limited=True), Act.REVOKE, False),
        (staff("signin"), Limits(), Act.AUDIT, False),
        (staff("audit"), Limits(), Act.AUDIT, False),
        (staff("signin", "audit"), Limits(limited=True), Act.AUDIT, True),
        (staff("signin", "admin"), Limits(limited=True), Act.AUDIT, True),
        (staff("signin", "audit", active=False), Limits(), Act.AUDIT, False),
        (staff("signin", "share_sensitive"), Limits(), Act.CLASSIFY, True),
        (staff("signin", "share_sensitive"), Limits(organisation=HARBOURS), Act.CLASSIFY, True),
        (staff("signin", "share_sensitive"), Limits(organisation=ORCHARDS), Act.CLASSIFY, False),
        (staff("signin", "share_sensitive"), Limits(limited=True), Act.CLASSIFY, False),
        (staff("signin", "share_sensitive"), Limits(draft_open=False), Act.CLASSIFY, False),
        (staff("signin", "admin"), Limits(), Act.CLASSIFY, False),
    ],
)
def test_staff_may_what_the_table_says(
    viewer: Staff, limits: Limits, act: Act, allowed: bool
) -> None:
    assert decide(viewer, act, limits, NOW).allowed is allowed


@pytest.mark.parametrize(
    ("revoked", "late", "opened", "draft_open", "changed", "again"),
    list(product([False, True], repeat=6)),
)
def test_a_guest_sees_only_what_an_opened_living_link_shows(
    revoked: bool, late: bool, opened: bool, draft_open: bool, changed: bool, again: bool
) -> None:
    ends = NOW if late else NOW + timedelta(seconds=1)
    guest = Guest(ends, opened, "revoked" if revoked else "")
    limits = Limits(draft_open=draft_open, limits_changed=changed, sent_again=again)
    wanted = opened and draft_open and not (revoked or late or changed or again)
    assert decide(guest, Act.VIEW, limits, NOW).allowed is wanted
    assert not decide(guest, Act.SHARE, limits, NOW).allowed
