"""The access decision: one pure function from viewer, pack and time to allow or a named reason.

Public: `decide` (one draft), `decide_pack` (drafts shown together), `over` (whether a link ended
with its drafts) and the dataclasses they take.

Source: alphagov/content-store `app/models/content_item.rb` (`can_view?`), for what access limits
mean; the rest is this service's own policy, in `policy.py`.
"""

from preview.access.facts import (
    Act,
    Decision,
    Guest,
    Limits,
    Role,
    Sensitivity,
    Staff,
    Viewer,
)
from preview.access.policy import POLICY, decide, decide_pack, over

__all__ = [
    "POLICY",
    "Act",
    "Decision",
    "Guest",
    "Limits",
    "Role",
    "Sensitivity",
    "Staff",
    "Viewer",
    "decide",
    "decide_pack",
    "over",
]
