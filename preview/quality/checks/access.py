"""Who may see a draft that is about to be published."""

from __future__ import annotations

from collections.abc import Iterator

from preview.quality.page import Page
from preview.quality.registry import Spot, rule

SCHEDULED = ("scheduled_at", "publishing_scheduled_at", "scheduled_publishing_at")


@rule(
    "limited-and-scheduled",
    "warning",
    "A limit on who may see a draft ends when it is published.",
)
def limited_and_scheduled(page: Page) -> Iterator[Spot]:
    """Find a draft that is limited to some people and has a time to go live."""
    scheduled = any(page.raw.get(name) for name in SCHEDULED)
    if scheduled and page.raw.get("access_limited"):
        what = "This draft is limited to some people but has a time to go live: everybody will"
        yield Spot(f"{what} see it then. Check that this is meant.", pointer="/access_limited")
