"""Manuals: a table of contents, what changed, and sections under the manual's own header.

Source: alphagov/frontend `app/views/{manual,hmrc_manual,shared/manuals}/`, `app/models/`.
"""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import Crumb, breadcrumbs
from preview.pages.item import ContentItem
from preview.pages.parts.change_notes import by_year
from preview.pages.parts.contents import Entry
from preview.pages.parts.published import contributors
from preview.pages.parts.sections import sections
from preview.pages.registry import PageType, View, page_type

ORGANISATIONS = ("organisations",)
MINISTRY_OF_JUSTICE = "dcc907d6-433c-42df-9ffb-d9c68be5dc4d"


class InManual(PageType):
    """What a manual and its sections have in common: the header, and what kind of manual it is."""

    kind: ClassVar[str] = "manuals.manual_type"
    internal: ClassVar[bool] = False

    @cached_property
    def manual(self) -> ContentItem:
        """The manual."""
        return self.item

    @property
    def header(self) -> dict[str, object]:
        """Who published the manual, and when."""
        manual = self.manual
        first = manual.details.moment("first_public_at") or manual.first_published_at
        return {
            "contributors": contributors(manual, ORGANISATIONS, emphasise=False),
            "first": first,
            "updated": manual.public_updated_at,
            "updates_path": f"{manual.base_path}/updates",
        }

    def named(self, *parts: str) -> str:
        """Return parts of a browser title, with the kind of manual."""
        return " - ".join([*filter(None, parts), self.label.plain(self.kind)])

    def groups(self) -> list[tuple[str, list[Fields]]]:
        """Return the groups of sections that have any, with their titles."""
        rows = self.details.objects("child_section_groups")
        found = [(row.text("title").strip(), row.objects("child_sections")) for row in rows]
        return [(title, children) for title, children in found if children]


class WholeManual(InManual):
    """A manual: its contents, and what changed in it."""

    template: ClassVar[str]

    def paths(self) -> list[str]:
        """Return the manual's path, and that of its changes."""
        return [self.item.base_path, f"{self.item.base_path}/updates"]

    def view(self, path: str) -> View:
        """Show the contents, or the changes."""
        title = self.item.title
        if path == f"{self.item.base_path}/updates":
            years = by_year(self.details.objects("change_notes"))
            name = self.named(self.label.plain("manuals.updates"), title)
            about = f"{self.label.plain('manuals.updates_description')} '{self.named(title)}'."
            values = {"years": years}
            return View(
                "pages/manual_updates.html",
                name,
                values,
                description=about,
                article=False,
                withdrawn_mark=False,
            )
        return View(self.template, self.named(title), withdrawn_mark=False)


@page_type
class Manual(WholeManual):
    """A manual of a department."""

    schemas: ClassVar[tuple[str, ...]] = ("manual",)
    template = "pages/manual.html"


@page_type
class HmrcManual(WholeManual):
    """A manual of the tax authority for its own staff."""

    schemas: ClassVar[tuple[str, ...]] = ("hmrc_manual",)
    template = "pages/hmrc_manual.html"
    kind = "manuals.hmrc_manual_type"
    internal = True


class SectionOfManual(InManual):
    """A section: what it says stands under the header of its manual."""

    @cached_property
    def manual(self) -> ContentItem:
        """The manual; where it is not known, what the section says of it."""
        linked = self.item.link("manual")
        path = self.manual_path
        known = self.lookup(path)
        if known:
            return known
        said = {**(linked.raw if linked else {}), "base_path": path}
        return ContentItem({**said, "links": self.item.raw.get("links")}, self.item.remarks)

    @property
    def heading(self) -> str:
        """The number and title of the section."""
        parts = [self.details.text("section_id"), self.item.title]
        return " - ".join(filter(None, parts))

    @property
    def manual_path(self) -> str:
        """Where the manual stands."""
        linked = self.item.link("manual")
        said = self.details.fields("manual").text("base_path")
        return said or (linked.base_path if linked else "")


@page_type
class ManualSection(SectionOfManual):
    """A section of a department's manual; its text opens heading by heading."""

    schemas: ClassVar[tuple[str, ...]] = ("manual_section",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the section."""
        intro, main = sections(self.body())
        listed = self.lists_contents
        back = "manuals.manual_homepage" if listed else "manuals.back_to_contents"
        values = {
            "intro": intro,
            "main": main,
            "entries": [Entry(one.title, f"#{one.id}") for one in main] if listed else [],
            "back": [Crumb(self.label.plain(back), self.manual_path)],
        }
        return View(
            "pages/manual_section.html",
            self.named(self.manual.title, self.item.title),
            values,
            crumbs=breadcrumbs(self.manual),
            withdrawn_mark=False,
        )

    @property
    def lists_contents(self) -> bool:
        """Whether the section has a contents list: those of one ministry do."""
        organisation = self.item.link("organisations")
        return organisation is not None and organisation.content_id == MINISTRY_OF_JUSTICE


@page_type
class HmrcManualSection(SectionOfManual):
    """A section of a tax manual: its text, the sections below it, its neighbours."""

    schemas: ClassVar[tuple[str, ...]] = ("hmrc_manual_section",)
    kind = "manuals.hmrc_manual_type"
    internal = True

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the section."""
        above = [
            Crumb(row.text("section_id"), row.text("base_path"))
            for row in self.details.objects("breadcrumbs")
        ]
        before, after = self.neighbours()
        values = {
            "back": [Crumb(self.label.plain("manuals.back_to_contents"), self.manual_path), *above],
            "before": before,
            "after": after,
        }
        name = self.named(self.details.text("section_id"), self.item.title)
        return View("pages/hmrc_manual_section.html", name, values, withdrawn_mark=False)

    def neighbours(self) -> tuple[str, str]:
        """Return where the sections before and after this one stand; "" for none."""
        number = self.details.text("section_id")
        siblings = self.siblings(number)
        ids = [one.text("section_id") for one in siblings]
        at = ids.index(number) if number in ids else len(ids)
        before = siblings[at - 1].text("base_path") if at else ""
        after = siblings[at + 1].text("base_path") if at + 1 < len(siblings) else ""
        return before, after

    def siblings(self, number: str) -> list[Fields]:
        """Return the sections of those groups of the parent that hold a number like this one's."""
        groups = self.parent.details.objects("child_section_groups") if number else []
        children = [group.objects("child_sections") for group in groups]
        return [
            one
            for rows in children
            if any(number in row.text("section_id") for row in rows)
            for one in rows
        ]

    @cached_property
    def parent(self) -> ContentItem:
        """What the section is right below: another section, or the manual."""
        above = self.details.objects("breadcrumbs")
        found = self.lookup(above[-1].text("base_path")) if above else None
        return found or self.manual
