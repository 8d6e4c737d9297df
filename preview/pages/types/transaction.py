"""Start pages of services, and their variants.

Source: alphagov/frontend `app/views/transaction/`, `app/models/transaction.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from preview.pages.fields import Fields
from preview.pages.registry import PageType, View, page_type

SECTIONS = ("more_information", "what_you_need_to_know", "other_ways_to_apply")


@dataclass(frozen=True)
class Tab:
    """A section beneath the start button: id, heading, text."""

    id: str
    heading: Markup
    body: Markup


@page_type
class Transaction(PageType):
    """A service: what it is, a button, what to know before; a variant changes some of it."""

    schemas: ClassVar[tuple[str, ...]] = ("transaction",)

    def variants(self) -> list[Fields]:
        """Return the variants."""
        return self.details.objects("variants")

    def paths(self) -> list[str]:
        """Return the path of the service and of each variant."""
        base = self.item.base_path
        return [
            base,
            *(f"{base}/{row.text('slug')}" for row in self.variants() if row.text("slug")),
        ]

    def view(self, path: str) -> View:
        """Show the service, or the variant at `path`."""
        slug = path.removeprefix(f"{self.item.base_path}/")
        variant = next((row for row in self.variants() if row.text("slug") == slug), None)
        changed = {k: v for k, v in variant.raw.items() if v} if variant else {}
        of = self.details
        fields = Fields({**of.raw, **changed}, of.pointer, of.remarks, of.options)
        title = fields.text("title") or self.item.title
        values = {
            "heading": title,
            "fields": fields,
            "button": self.button(fields),
            "tabs": self.tabs(fields),
        }
        robots = "noindex, nofollow" if variant else ""
        return View("pages/transaction.html", title, values, robots=robots, name=title)

    def button(self, fields: Fields) -> Markup | str:
        """Return the words on the button."""
        text = fields.text("start_button_text")
        known = {"": "start_now", "Start now": "start_now", "Sign in": "sign_in"}
        return self.label(f"transaction.{known[text]}") if text in known else text

    def tabs(self, fields: Fields) -> list[Tab]:
        """Return the sections; one alone is no tab, and “before you start” says more."""
        texts = {name: fields.html(name) for name in SECTIONS}
        found = {name: html for name, html in texts.items() if html}
        alone = len(found) == 1
        return [
            Tab(name.replace("_", "-"), self.label(f"transaction.{heading}"), html)
            for name, html in found.items()
            for heading in ["before_you_start" if alone and name == SECTIONS[0] else name]
        ]
