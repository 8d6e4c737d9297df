"""Step by step guides: the way through a task, page by page.

Source: alphagov/collections `app/views/step_nav/show.html.erb`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.registry import PageType, View, page_type


@page_type
class StepByStep(PageType):
    """An introduction and the steps, all of them open."""

    schemas: ClassVar[tuple[str, ...]] = ("step_by_step_nav",)

    @cached_property
    def guide(self) -> Fields:
        """What the guide is made of."""
        return self.details.fields("step_by_step_nav")

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the guide."""
        template = "pages/step_by_step.html"
        return View(template, self.item.title, article=False, says_english=True)
