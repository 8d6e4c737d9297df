"""The kinds of notification, each module registering its own."""

from preview.notifications.kinds import (
    comments,
    fact_checks,
    links,
    packs,
    renderings,
    sign_offs,
)

__all__ = ["comments", "fact_checks", "links", "packs", "renderings", "sign_offs"]
