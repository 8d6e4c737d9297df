"""What stands where a page was: gone, redirected, vanished and replaced pages.

Source: alphagov/frontend `app/views/gone/show.html.erb`, `app/models/gone.rb`; alphagov/router for
redirects; alphagov/publishing-api `docs/model.md` for the ways to unpublish.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar
from urllib.parse import urlsplit

from preview.pages.fields import Fields
from preview.pages.parts.redirects import Redirect, redirects, rule_for
from preview.pages.registry import PageType, View, page_type

WEB_ARCHIVE = "webarchive.nationalarchives.gov.uk"


@page_type
class Gone(PageType):
    """A page that was taken away."""

    schemas: ClassVar[tuple[str, ...]] = ("gone",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show why, and where to go instead."""
        alternative = self.details.text("alternative_path").strip()
        explanation = self.details.html("explanation")
        values = {
            "explanation": explanation if explanation.strip() else "",
            "alternative": alternative,
            "archived": host(alternative) == WEB_ARCHIVE,
        }
        title = self.label.plain("gone.page_title")
        return View("pages/gone.html", title, values, status=410, article=False)


def host(address: str) -> str:
    """Return the host of an address, "" for one that has none or can't be read."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


@page_type
class MovedPage(PageType):
    """An address that will lead elsewhere; the live site shows no page for it."""

    schemas: ClassVar[tuple[str, ...]] = ("redirect",)

    @cached_property
    def rules(self) -> list[Redirect]:
        """The rules."""
        return redirects(Fields(self.item.raw, "", self.item.remarks).objects("redirects"))

    def paths(self) -> list[str]:
        """Return the path of each rule, each once."""
        return list(dict.fromkeys(rule.path for rule in self.rules)) or [self.item.base_path]

    def view(self, path: str) -> View:
        """Show where `path` leads, and the rules, since there is no page to show."""
        what = "Visitors see no page here: they are sent on at once."
        self.item.remarks.add("stubbed", what, "/redirects")
        rule = rule_for(self.rules, path)
        values = {"target": rule.target(path) if rule else "", "path": path}
        title = f"Redirect from {path}"
        return View("pages/redirect.html", title, values, status=301, article=False)


@page_type
class Vanished(PageType):
    """A page that will be as if it had never been."""

    schemas: ClassVar[tuple[str, ...]] = ("vanish",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show what visitors to an unknown address see."""
        return View("pages/vanish.html", "Page not found", status=404, article=False)


@page_type
class Substituted(PageType):
    """A page that makes way for another one at the same address."""

    schemas: ClassVar[tuple[str, ...]] = ("substitute",)

    def view(self, path: str) -> View:
        """Show what takes the address, where that is known."""
        known = self.lookup(path)
        values = {"successor": known, "path": path}
        return View("pages/substitute.html", "Replaced page", values, article=False)
