"""Pages at addresses where the live site shows words of its own, whatever the item says.

Structure and labels are here; longer texts are not part of the item, and the page says so.
Source: alphagov/frontend `app/views/{find_local_council,help,webchat}/`.
"""

from __future__ import annotations

from typing import ClassVar

from preview.pages.furniture.breadcrumbs import HOME
from preview.pages.furniture.related import Destination
from preview.pages.registry import PageType, View, page_type

HELD_BY_SITE = "The live site holds what this page says. Long texts are not part of this preview."
KINDS_OF_COOKIES = ("usage", "campaigns", "settings")
MOST_VIEWED = (Destination("HMRC services", "/log-in-register-hmrc-online-services"),)


class Fixed(PageType):
    """A page of the live site's own. Subclasses name the template and the title."""

    template: ClassVar[str]

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show what the live site has here."""
        self.item.remarks.add("stubbed", HELD_BY_SITE)
        return View(self.template, self.title, name=self.title)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.item.title


@page_type
class FindLocalCouncil(Fixed):
    """Where a postcode leads to the website of a council."""

    own_routes: ClassVar[tuple[str, ...]] = ("/find-local-council",)
    template = "pages/find_local_council.html"

    @property
    def title(self) -> str:
        """What the page is called, whatever the item is."""
        return self.label.plain("local.find_council")


@page_type
class SignIn(Fixed):
    """Services that people sign in to."""

    own_routes: ClassVar[tuple[str, ...]] = ("/sign-in",)
    template = "pages/sign_in.html"
    most_viewed = MOST_VIEWED


@page_type
class Webchat(Fixed):
    """Where advisers can be talked to."""

    own_routes: ClassVar[tuple[str, ...]] = (
        r"/government/organisations/[^/]+/contact/[^/]+-webchat",
    )
    template = "pages/webchat.html"


@page_type
class CookieSettings(Fixed):
    """The form in which people choose which cookies they allow."""

    own_routes: ClassVar[tuple[str, ...]] = ("/help/cookies",)
    template = "pages/cookie_settings.html"
    kinds = KINDS_OF_COOKIES

    def view(self, path: str) -> View:
        """Show the form; search engines are told no summary."""
        view = super().view(path)
        view.description, view.crumbs, view.article = "", [HOME], False
        return view
