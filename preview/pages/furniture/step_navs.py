"""The step by step guides that a page is part of: above it, beside it, or both.

Source: alphagov/govuk_publishing_components `page_with_step_by_step_navigation.rb`.
"""

from __future__ import annotations

from functools import cached_property
from urllib.parse import parse_qs

from preview.pages.fields import Fields
from preview.pages.item import ContentItem

MOST_LISTED = 5


class StepNavs:
    """What a page says of the guides it is part of. `path` may hold `?step-by-step-nav=…`."""

    def __init__(self, item: ContentItem, path: str) -> None:
        self.item = item
        self.path, _, query = path.partition("?")
        self.asked = parse_qs(query).get("step-by-step-nav", [""])[0]

    @cached_property
    def primary(self) -> list[ContentItem]:
        """The guides that lead through this page."""
        return self.item.links("part_of_step_navs")

    @cached_property
    def secondary(self) -> list[ContentItem]:
        """The guides that this page is a side issue of."""
        return self.item.links("secondary_to_step_navs")

    @cached_property
    def active(self) -> ContentItem | None:
        """The guide that the reader comes from, where the address says so."""
        related = self.item.links("related_to_step_navs")
        known = [*self.primary, *self.secondary, *related]
        return next((one for one in known if self.asked and one.content_id == self.asked), None)

    @cached_property
    def current(self) -> ContentItem | None:
        """The guide shown with the page: the reader's, else the only one."""
        if self.active:
            return self.active
        if len(self.primary) == 1:
            return self.primary[0]
        only_secondary = not self.primary and len(self.secondary) == 1
        return self.secondary[0] if only_secondary else None

    @property
    def kind(self) -> str:
        """How the page is part of the guide, as analytics calls it."""
        if self.current is None:
            return ""
        return "Secondary" if self.current in self.secondary else "Primary"

    @cached_property
    def steps(self) -> list[Fields]:
        """The steps of the guide shown with the page."""
        if self.current is None:
            return []
        return self.current.details.fields("step_by_step_nav").objects("steps")

    @property
    def listed(self) -> list[ContentItem]:
        """The guides named beside the page."""
        if self.active:
            return [self.active]
        known = self.primary or self.secondary
        return known if len(known) < MOST_LISTED else []

    @property
    def also(self) -> list[ContentItem]:
        """The other guides that lead through a page which shows one."""
        if self.active is None:
            return []
        return [one for one in self.primary if one.content_id != self.active.content_id]
