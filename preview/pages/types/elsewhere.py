"""Items whose page another application makes, and items without a page.

A quiet page says so and shows what the item holds, so that editors can check it.
Source: alphagov/publishing-api `content_schemas/formats/`; which application renders a schema is
in its items (`rendering_app`).
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.furniture.breadcrumbs import HOME
from preview.pages.parts.held import Held, heading, held
from preview.pages.registry import PageType, View, page_type

NOT_SHOWN = frozenset({"change_history", "change_note", "tags"})


class Quiet(PageType):
    """A page that shows what the item holds. Subclasses say why."""

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show what the item holds."""
        self.item.remarks.add("stubbed", self.why)
        return View("pages/quiet.html", self.item.title or self.kind, crumbs=[HOME], article=False)

    @property
    def why(self) -> str:
        """Why there is no page like the live one."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """What the item is."""
        return heading(self.item.document_type or self.item.schema_name)

    @cached_property
    def held(self) -> list[Held]:
        """What it holds, without what the platform keeps for itself."""
        return held({k: v for k, v in self.details.raw.items() if k not in NOT_SHOWN})


@page_type
class MadeElsewhere(Quiet):
    """A page that another application makes."""

    schemas: ClassVar[tuple[str, ...]] = (
        "completed_transaction",
        "coronavirus_landing_page",
        "email_alert_signup",
        "finder",
        "finder_email_signup",
        "generic_with_external_related_links",
        "smart_answer",
        "special_route",
    )

    @property
    def why(self) -> str:
        """Name the application."""
        app = self.item.text("rendering_app")
        maker = f"the application “{app}”" if app else "another application"
        return f"On the live site {maker} makes this page. Below is what it makes it from."


@page_type
class NoLonger(Quiet):
    """A page that no application makes any more."""

    schemas: ClassVar[tuple[str, ...]] = (
        "landing_page",
        "licence",
        "plan_for_change_landing_page",
    )

    @property
    def why(self) -> str:
        """Say that the kind is no longer shown."""
        return "The live site no longer shows pages of this kind. Below is what the item holds."


@page_type
class WithoutPage(Quiet):
    """An item that other pages use and that has no page."""

    schemas: ClassVar[tuple[str, ...]] = (
        "external_content",
        "facet",
        "link_collection",
        "world_location",
    )

    @property
    def why(self) -> str:
        """Say where its content is seen."""
        return "Items of this kind have no page: other pages and search show what they hold."


@page_type
class ContentBlock(Quiet):
    """A block that other pages quote."""

    schemas: ClassVar[tuple[str, ...]] = ("content_block",)

    @property
    def why(self) -> str:
        """Say how a block is seen."""
        return "A content block has no page: it is seen in every page that embeds it."
