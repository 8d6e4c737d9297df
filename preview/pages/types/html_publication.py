"""Publications that are web pages: a long text under a coloured header.

Source: alphagov/frontend `app/views/html_publication/`, `app/models/html_publication.rb`.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from preview.pages.dates import LONDON
from preview.pages.furniture.breadcrumbs import HOME, Crumb, breadcrumbs
from preview.pages.furniture.step_navs import StepNavs
from preview.pages.item import ContentItem
from preview.pages.registry import View, page_type
from preview.pages.types.documents import Document


@page_type
class HtmlPublication(Document):
    """A page of a publication, its parent."""

    schemas = ("html_publication",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the text."""
        template = "pages/html_publication.html"
        return View(template, self.item.title, crumbs=self.crumbs(), part_of=self.part_of)

    @cached_property
    def parent(self) -> ContentItem | None:
        """The publication that the page is part of."""
        return self.item.link("parent")

    @cached_property
    def publication(self) -> ContentItem | None:
        """The publication with all that is known of it."""
        return self.lookup(self.parent.base_path) if self.parent else None

    @property
    def part_of(self) -> ContentItem | None:
        """The step by step guide that leads through the publication."""
        return StepNavs(self.publication, "").current if self.publication else None

    def crumbs(self) -> list[Crumb]:
        """Return the publication's own breadcrumbs, and the publication."""
        if self.parent is None:
            return [HOME]
        above = breadcrumbs(self.publication) if self.publication else [HOME]
        return [*above, Crumb(self.parent.title, self.parent.base_path)]

    @cached_property
    def caption(self) -> Markup | str:
        """What kind of document the publication is."""
        return self.kind_of(self.parent.document_type) if self.parent else ""

    @cached_property
    def notice_kind(self) -> str:
        """What the page is called where it was withdrawn."""
        kind = self.parent.document_type if self.parent else "publication"
        return self.label.english_only(f"document_type.{kind}") or "Publication"

    @cached_property
    def changed(self) -> datetime | None:
        """When the publication was last changed."""
        return self.details.moment("public_timestamp")

    @property
    def changed_key(self) -> str:
        """Whether it was published then, or updated."""
        first = self.details.flag("first_published_version")
        return "html_publication.published" if first else "html_publication.updated"

    @property
    def year(self) -> int | None:
        """The year of the copyright."""
        return self.changed.astimezone(LONDON).year if self.changed else None

    @property
    def logos(self) -> list[ContentItem]:
        """Whose logos are shown; the one of several that has an image is shown by its name."""
        return self.item.links("organisations")
