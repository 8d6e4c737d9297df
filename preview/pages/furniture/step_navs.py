"""The step by step guides that a page is part of: above it, beside it, or both.

Source: alphagov/govuk_publishing_components `page_with_step_by_step_navigation.rb`.
"""

from __future__ import annotations

from functools import cached_property
from urllib.parse import parse_qs

from preview.pages.fields import Fields
from preview.pages.item import ContentItem

MOST_ALSO = 4


class StepNavs:
    """What a page says of the guides it is part of. `path` may hold `?step-by-step-nav=…`."""

    def __init__(self, item: ContentItem, path: str) -> None:
        self.item = item
        asked_at, _, query = path.partition("?")
        flow = item.document_type == "simple_smart_answer"
        self.path = item.base_path if flow else asked_at
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
    def leading(self) -> list[ContentItem]:
        """The guides that a reader can come from: through this page, or to others about it."""
        return [*self.primary, *self.item.links("related_to_step_navs")]

    @cached_property
    def active(self) -> ContentItem | None:
        """The guide that the reader comes from, where the address says so."""
        asked = self.asked
        return next((one for one in self.leading if asked and one.content_id == asked), None)

    @cached_property
    def current(self) -> ContentItem | None:
        """The guide shown with the page: the reader's, else the only one."""
        if self.active:
            return self.active
        if len(self.primary) == 1:
            return self.primary[0]
        only_secondary = not self.leading and len(self.secondary) == 1
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
        return self.primary or ([] if self.leading else self.secondary)

    @property
    def also(self) -> list[ContentItem]:
        """The guides beside the one that the reader comes from, where they are not many."""
        if self.active is None or len(self.leading) > MOST_ALSO:
            return []
        return [one for one in self.leading if one.content_id != self.asked]
