"""Which nations of the United Kingdom a page is about.

Source: alphagov/frontend `app/models/concerns/national_applicability.rb`, `devolved_nations` of
alphagov/govuk_publishing_components.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.labels import Labels

NATIONS = ("england", "northern_ireland", "scotland", "wales")
OF_TYPE = {"consultation": "consultation", "detailed_guide": "guidance"}


@dataclass(frozen=True)
class Nations:
    """Where the page applies, and pages for the other nations."""

    applies: Markup
    elsewhere: list[Destination] = field(default_factory=list)


def nations(item: ContentItem, label: Labels) -> Nations | None:
    """Return where the page applies, by name; None where it does not say."""
    said = item.details.fields("national_applicability")
    rows = [(name, said.fields(name)) for name in said.raw if name in NATIONS]
    here = sorted(label.plain(f"nations.{name}") for name, row in rows if row.flag("applicable"))
    if not here:
        return None
    last = f" {label.plain('page.and')} "
    named = last.join(part for part in (", ".join(here[:-1]), here[-1]) if part)
    kind = OF_TYPE.get(item.schema_name, "publication")
    links = [
        Destination(
            label.plain(f"nations.{kind}", nation=label.plain(f"nations.{name}")),
            row.text("alternative_url"),
        )
        for name, row in rows
        if row.text("alternative_url")
    ]
    return Nations(label("nations.applies_to", nations=named), links)
