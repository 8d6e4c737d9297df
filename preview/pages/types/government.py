"""Pages of the site that are mostly words of its own: how government works, getting involved, home.

Source: alphagov/frontend `app/views/{how_government_works,get_involved,homepage}/`.
"""

from __future__ import annotations

from preview.pages.furniture.breadcrumbs import Crumb
from preview.pages.furniture.related import Destination, addresses
from preview.pages.item import ContentItem
from preview.pages.parts.figures import Picture, picture
from preview.pages.registry import PageType, View, page_type

ROUNDED_TO = 100


@page_type
class HowGovernmentWorks(PageType):
    """How government works: the words are the site's, the numbers the item's."""

    schemas = ("how_government_works",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the page."""
        return View("pages/how_government_works.html", self.item.title, article=False)

    @property
    def prime_minister(self) -> ContentItem | None:
        """Who is prime minister, which is not said while that is changing."""
        return None if self.reshuffled else self.item.link("current_prime_minister")

    @property
    def portrait(self) -> Picture | None:
        """The prime minister's picture."""
        if self.prime_minister is None:
            return None
        image = self.prime_minister.details.fields("image")
        return picture(image, image.text("url"))

    @property
    def reshuffled(self) -> bool:
        """Whether ministers are changing."""
        return self.details.flag("reshuffle_in_progress")

    @property
    def ministers(self) -> list[tuple[int, str, str]]:
        """How many ministers there are: number, what of, where they are listed."""
        counts = self.details.fields("ministerial_role_counts")
        if self.reshuffled or not counts:
            return []
        index = "/government/ministers"
        return [
            (counts.number("prime_minister") or 0, "Prime Minister", f"{index}/prime-minister"),
            (
                counts.number("cabinet_ministers") or 0,
                "Cabinet ministers",
                f"{index}#cabinet-ministers",
            ),
            (
                counts.number("other_ministers") or 0,
                "Other ministers",
                f"{index}#ministers-by-department",
            ),
            (counts.number("total_ministers") or 0, "Total ministers", index),
        ]

    @property
    def departments(self) -> list[tuple[str, str, str]]:
        """How many departments there are: number, what of, where they are listed."""
        counts = self.details.fields("department_counts")
        if self.reshuffled or not counts:
            return []
        agencies = (counts.number("agencies_and_public_bodies") or 0) // ROUNDED_TO * ROUNDED_TO
        index = "/government/organisations"
        return [
            (
                f"{counts.number('ministerial_departments') or 0}",
                "Ministerial departments",
                f"{index}#departments",
            ),
            (
                f"{counts.number('non_ministerial_departments') or 0}",
                "Non-ministerial departments",
                f"{index}#non_ministerial_departments",
            ),
            (
                f"{agencies}+",
                "Agencies and other public bodies",
                f"{index}#agencies_and_other_public_bodies",
            ),
        ]


@page_type
class GetInvolved(PageType):
    """How to take part in what government does."""

    schemas = ("get_involved",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the page; the consultations come from search."""
        what = self.label.english_only("stub.consultations")
        self.item.remarks.add("stubbed", f"{what} come from search, which a preview has not.")
        return View("pages/get_involved.html", self.item.title)


@page_type
class Homepage(PageType):
    """The first page of the site."""

    schemas = ("homepage",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the page."""
        crumbs: list[Crumb] = []
        return View(
            "pages/homepage.html",
            "Welcome to GOV.UK",
            description="GOV.UK - The best place to find government services and information.",
            crumbs=crumbs,
            article=False,
            site_name="",
            meta={"title": "Welcome to GOV.UK"},
        )

    @property
    def popular(self) -> list[Destination]:
        """What most visitors look for."""
        found = self.item.fields("links").objects("popular_links")
        return addresses(found[0].fields("details").objects("link_items")) if found else []
