"""The kinds of notification, each module registering its own."""

from preview.notifications.kinds import (
    comments,
    fact_checks,
    links,
    packs,
    renderings,
    sensitivity,
    sign_offs,
)

__all__ = [
    "comments",
    "fact_checks",
    "links",
    "packs",
    "renderings",
    "sensitivity",
    "sign_offs",
]
