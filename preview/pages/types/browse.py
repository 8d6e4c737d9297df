"""Browse pages: all services, a subject, a subject's part.

What a part lists comes from search, so that a preview shows its frame and what editors curate.
Source: alphagov/collections `app/views/{browse,second_level_browse_page}/`.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card
from preview.pages.registry import PageType, View, page_type

ROOT = "/browse"


@page_type
class BrowsePage(PageType):
    """A page of one of the three levels, by its path."""

    schemas: ClassVar[tuple[str, ...]] = ("mainstream_browse_page",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the level that the item stands on."""
        if self.item.base_path == ROOT:
            return self.root_view()
        below_a_subject = self.item.base_path.removeprefix(f"{ROOT}/").count("/")
        return self.part_view() if below_a_subject else self.subject_view()

    def root_view(self) -> View:
        """Return the page of all subjects."""
        values = {
            "heading": self.label("browse.title"),
            "lead": self.label("browse.description"),
            "cards": cards(self.item.links("top_level_browse_pages")),
        }
        meta = browse_tags("Browse level 0", "default", "topics")
        title = self.label.plain("browse.title")
        return self.listing(title, values, meta, "")

    def subject_view(self) -> View:
        """Return the page of a subject's parts."""
        values = {
            "heading": self.item.title,
            "lead": self.item.description,
            "cards": cards(self.parts),
        }
        order = "curated" if self.curated else "default"
        meta = browse_tags("Browse level 1", order, self.item.title.lower())
        return self.listing(self.item.title, values, meta)

    def listing(
        self,
        title: str,
        values: dict[str, Any],
        meta: dict[str, str],
        description: str | None = None,
    ) -> View:
        """Return a page of cards."""
        return View(
            "pages/browse.html",
            title,
            values,
            description=description,
            article=False,
            says_english=True,
            meta=meta,
        )

    def part_view(self) -> View:
        """Return the page of a part: the editors' lists, or all there is from A to Z."""
        what = "The pages that are listed here come from search and are not part of this preview."
        self.item.remarks.add("stubbed", what)
        groups = self.details.objects("groups")
        subject = self.item.link("active_top_level_browse_page")
        order = "curated" if groups else "default"
        meta = browse_tags("Browse level 2", order, subject.title.lower() if subject else "")
        return View(
            "pages/browse_part.html",
            self.item.title,
            {"groups": groups},
            article=False,
            says_english=True,
            meta=meta,
        )

    @property
    def curated(self) -> bool:
        """Whether editors ordered the parts."""
        return self.details.text("second_level_ordering") == "curated"

    @cached_property
    def parts(self) -> list[ContentItem]:
        """The parts of a subject; what editors did not place comes last."""
        linked = self.item.links("second_level_browse_pages")
        if not self.curated:
            return linked
        order = self.details.texts("ordered_second_level_browse_pages")
        rank = {content_id: at for at, content_id in enumerate(order)}
        return sorted(linked, key=lambda one: rank.get(one.content_id, len(rank)))


def cards(items: list[ContentItem]) -> list[Card]:
    """Return pages as cards."""
    return [Card(text=one.title, href=one.base_path, description=one.description) for one in items]


def browse_tags(level: str, order: str, section: str) -> dict[str, str]:
    """Return what analytics reads of a browse page."""
    return {
        "govuk:navigation-page-type": level,
        "govuk:navigation-list-type": order,
        "govuk:section": section,
    }
