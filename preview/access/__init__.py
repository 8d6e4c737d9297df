"""The access decision: one pure function from viewer, limits and time to allow or a named reason.

Source: alphagov/content-store `app/models/content_item.rb` (`can_view?`), for what access limits
mean; the rest is this service's own policy, in `POLICY` below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """What somebody wants to do with a draft."""

    VIEW = "view"
    SHARE = "share"
    REVOKE = "revoke"


@dataclass(frozen=True)
class Staff:
    """A signed-in person: Signon uid, organisation's content id, permissions."""

    uid: str
    organisation: str | None
    permissions: frozenset[str]
    active: bool = True


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, with the share link that they opened.

    `opened` says that this browser confirmed the link; a link by itself opens nothing.
    """

    expires_at: datetime
    revoked: bool
    opened: bool


@dataclass(frozen=True)
class Limits:
    """Who may see a draft: `users` (uids) and `organisations` (content ids) of `access_limited`.

    `limited` is kept apart because a limit that names nobody still shuts everybody out.
    `limits_changed` counts for a guest: limits that changed since the link was made end the link.
    """

    limited: bool = False
    users: frozenset[str] = field(default_factory=frozenset)
    organisations: frozenset[str] = field(default_factory=frozenset)
    draft_open: bool = True
    limits_changed: bool = False


@dataclass(frozen=True)
class Decision:
    """The answer; `reason` is a name for logs, audit and the page to show, `""` when allowed."""

    allowed: bool
    reason: str = ""


ALLOW = Decision(True)


def decide(viewer: Staff | Guest | None, act: Act, limits: Limits, now: datetime) -> Decision:
    """Decide; whatever the policy does not name is denied."""
    rule = POLICY.get((type(viewer), act))
    return rule(viewer, limits, now) if rule else Decision(False, "not_signed_in")


def guest_views(guest: Guest, limits: Limits, now: datetime) -> Decision:
    """Let a guest see what an opened, living link shows."""
    checks = (
        (guest.revoked, "revoked"),
        (guest.expires_at <= now, "expired"),
        (not limits.draft_open, "draft_closed"),
        (limits.limits_changed, "limits_changed"),
        (not guest.opened, "not_confirmed"),
    )
    return next((Decision(False, reason) for failed, reason in checks if failed), ALLOW)


def staff_view(staff: Staff, limits: Limits, now: datetime) -> Decision:  # noqa: ARG001 (a rule)
    """Let staff see every draft, and a limited one where the limit names them."""
    if not staff.active or "signin" not in staff.permissions:
        return Decision(False, "no_signin_permission")
    named = staff.uid in limits.users or staff.organisation in limits.organisations
    return ALLOW if named or not limits.limited else Decision(False, "access_limited")


def staff_share(staff: Staff, limits: Limits, now: datetime) -> Decision:
    """Let staff share what they see; a limited draft needs a permission of its own."""
    seen = staff_view(staff, limits, now)
    if not seen.allowed or not limits.draft_open:
        return seen if not seen.allowed else Decision(False, "draft_closed")
    if limits.limited and "share_sensitive" not in staff.permissions:
        return Decision(False, "no_share_sensitive_permission")
    return ALLOW


def staff_revoke(staff: Staff, limits: Limits, now: datetime) -> Decision:
    """Let whoever sees a draft stop its sharing, and an admin always: ending is never the risk."""
    if staff.active and {"signin", "admin"} <= staff.permissions:
        return ALLOW
    return staff_view(staff, limits, now)


Rule = Callable[..., Decision]
POLICY: dict[tuple[type, Act], Rule] = {
    (Guest, Act.VIEW): guest_views,
    (Staff, Act.VIEW): staff_view,
    (Staff, Act.SHARE): staff_share,
    (Staff, Act.REVOKE): staff_revoke,
}
