"""The policy: a rule for each kind of viewer and act. What it does not name is denied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from preview.access.facts import Act, Decision, Guest, Limits, Role, Sensitivity, Staff, Viewer

Drafts = Sequence[Limits]
SHARE_SENSITIVE = "share_sensitive"


def decide(viewer: Viewer, act: Act, limits: Limits, now: datetime) -> Decision:
    """Decide about one draft."""
    return decide_pack(viewer, act, (limits,), now)


def decide_pack(viewer: Viewer, act: Act, drafts: Drafts, now: datetime) -> Decision:
    """Decide about drafts that are shown together; whatever the policy does not name is denied."""
    rule = POLICY.get((type(viewer), act))
    return rule(viewer, drafts, now) if rule else Decision(False, "not_signed_in")


def guest_views(guest: Guest, drafts: Drafts, now: datetime) -> Decision:
    """Let a guest see what an opened, living link shows."""
    window = any(one.sensitivity is Sensitivity.MARKET_SENSITIVE for one in drafts)
    checks = (
        (bool(guest.ended), guest.ended),
        (guest.expires_at <= now, "expired"),
        (any(one.limits_changed for one in drafts), "limits_changed"),
        (bool(over(drafts)), over(drafts)),
        (not guest.approved, "not_approved"),
        (window and not guest.agreed, "not_approved"),
        (any(one.not_agreed_to for one in drafts), "not_approved"),
        (window and guest.opens_at is None, "not_open_yet"),
        (guest.opens_at is not None and now < guest.opens_at, "not_open_yet"),
        (not guest.opened, "not_confirmed"),
    )
    reason = next((reason for failed, reason in checks if failed), "")
    if reason:
        return Decision(False, reason)
    if not guest.covers_limited and needs_permission(drafts):
        return Decision(False, "limits_changed")
    return Decision(True, sees_limited=guest.covers_limited)


def over(drafts: Drafts) -> str:
    """Return why a link to these drafts has ended with them; "" where one keeps it alive.

    A draft that was published or discarded and is sent again is open, but not for older links.
    """
    if any(one.draft_open and not one.sent_again for one in drafts):
        return ""
    return "published" if any(one.published for one in drafts) else "draft_closed"


def needs_permission(drafts: Drafts) -> bool:
    """Say whether the pack can't be shared without the permission to share limited drafts.

    Without it a pack is shared as if its limited drafts did not exist: so something must be left,
    and nothing of what is left may be sensitive.
    """
    left = [one for one in drafts if one.draft_open and not one.limited]
    return not left or any(one.sensitive for one in drafts)


def guest_comments(guest: Guest, drafts: Drafts, now: datetime) -> Decision:
    """Let a guest comment where the link has that role."""
    return with_role(guest, {Role.COMMENT, Role.SIGN_OFF}, drafts, now)


def guest_signs_off(guest: Guest, drafts: Drafts, now: datetime) -> Decision:
    """Let a guest sign off where the link has that role."""
    return with_role(guest, {Role.SIGN_OFF}, drafts, now)


def with_role(guest: Guest, roles: set[Role], drafts: Drafts, now: datetime) -> Decision:
    """Let a guest who may look do more, where the link's role is one of these."""
    seen = guest_views(guest, drafts, now)
    return seen if not seen.allowed or guest.role in roles else Decision(False, "role")


def staff_view(staff: Staff, drafts: Drafts, now: datetime) -> Decision:  # noqa: ARG001 (a rule)
    """Let staff see every draft, and limited ones where the limits name them.

    In a pack, somebody who may not see all limited drafts sees the pack without them.
    """
    if not staff.active or "signin" not in staff.permissions:
        return Decision(False, "no_signin_permission")
    limited = [one for one in drafts if one.limited]
    if all(staff.uid in one.users or staff.organisation in one.organisations for one in limited):
        return Decision(True, sees_limited=True)
    if len(limited) == len(drafts):
        return Decision(False, "access_limited")
    return Decision(True, sees_limited=False)


def staff_share(staff: Staff, drafts: Drafts, now: datetime) -> Decision:
    """Let staff share what they see; limited drafts need a permission of its own."""
    seen = staff_view(staff, drafts, now)
    if not seen.allowed:
        return seen
    if not any(one.draft_open for one in drafts):
        return Decision(False, "draft_closed")
    covers = seen.sees_limited and SHARE_SENSITIVE in staff.permissions
    if not covers and needs_permission(drafts):
        return Decision(False, "no_share_sensitive_permission")
    return Decision(True, sees_limited=covers)


def staff_approve(staff: Staff, drafts: Drafts, now: datetime) -> Decision:
    """Let people who may share everything in the pack agree to somebody else's link."""
    shared = staff_share(staff, drafts, now)
    if shared.allowed and not shared.sees_limited:
        return Decision(False, "no_share_sensitive_permission")
    return shared


def staff_revoke(staff: Staff, drafts: Drafts, now: datetime) -> Decision:
    """Let whoever sees a pack stop its sharing, and an admin always: ending is never the risk."""
    if staff.active and {"signin", "admin"} <= staff.permissions:
        return Decision(True)
    return staff_view(staff, drafts, now)


def staff_audit(staff: Staff, drafts: Drafts, now: datetime) -> Decision:  # noqa: ARG001 (a rule)
    """Let auditors and admins read the trail, which holds no title and no content of a draft."""
    if not staff.active or "signin" not in staff.permissions:
        return Decision(False, "no_signin_permission")
    if not {"audit", "admin"} & staff.permissions:
        return Decision(False, "no_audit_permission")
    return Decision(True)


def staff_classify(staff: Staff, drafts: Drafts, now: datetime) -> Decision:
    """Let people of the draft's organisation who may share limited drafts say how sensitive it is.

    A draft of no organisation is everybody's who has that permission.
    """
    seen = staff_view(staff, drafts, now)
    if not seen.allowed or not seen.sees_limited:
        return Decision(False, seen.reason or "access_limited")
    if SHARE_SENSITIVE not in staff.permissions:
        return Decision(False, "no_share_sensitive_permission")
    if not all(one.organisation in (None, staff.organisation) for one in drafts):
        return Decision(False, "another_organisation")
    if not all(one.draft_open for one in drafts):
        return Decision(False, "draft_closed")
    return Decision(True, sees_limited=True)


Rule = Callable[[Any, Drafts, datetime], Decision]
POLICY: dict[tuple[type, Act], Rule] = {
    (Guest, Act.VIEW): guest_views,
    (Guest, Act.COMMENT): guest_comments,
    (Guest, Act.SIGN_OFF): guest_signs_off,
    (Staff, Act.VIEW): staff_view,
    (Staff, Act.COMMENT): staff_view,
    (Staff, Act.SIGN_OFF): staff_view,
    (Staff, Act.SHARE): staff_share,
    (Staff, Act.APPROVE): staff_approve,
    (Staff, Act.REVOKE): staff_revoke,
    (Staff, Act.AUDIT): staff_audit,
    (Staff, Act.CLASSIFY): staff_classify,
}
