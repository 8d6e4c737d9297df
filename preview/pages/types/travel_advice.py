"""Travel advice: a country in parts, and the list of all countries.

Source: alphagov/frontend `app/models/travel_advice.rb`, `app/presenters/travel_advice*.rb` and
`app/views/travel_advice/`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from preview.govspeak.components.file_facts import size
from preview.pages.dates import day
from preview.pages.item import ContentItem
from preview.pages.parts.figures import Picture, picture
from preview.pages.parts.in_parts import Parts
from preview.pages.parts.participation import lines
from preview.pages.registry import PageType, View, page_type

LABELLED = re.compile(r"^Latest update:?\s-?\s?", re.IGNORECASE | re.MULTILINE)
ALERTS = frozenset(
    [
        "avoid_all_but_essential_travel_to_parts",
        "avoid_all_travel_to_parts",
        "avoid_all_but_essential_travel_to_whole_country",
        "avoid_all_travel_to_whole_country",
    ]
)
WITHOUT_ARTICLE = {"The Occupied Palestinian Territories": "Palestinian Territories"}
NOT_DECOMPOSED = str.maketrans(
    {"æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}
    | {"œ": "oe", "Œ": "OE", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ŋ": "n"}
)


@dataclass(frozen=True)
class Map:
    """A map of the country, and a larger one to download with its size for people."""

    picture: Picture
    download: str
    size: str


@page_type
class TravelAdvice(PageType):
    """Advice on one country: one page a part, and /print."""

    schemas: ClassVar[tuple[str, ...]] = ("travel_advice",)

    @cached_property
    def parts(self) -> Parts:
        """The parts."""
        return Parts(self.item)

    def paths(self) -> list[str]:
        """Return the country's path, its parts' and /print, each once."""
        return self.parts.paths()

    def view(self, path: str) -> View:
        """Show the part at `path`, or all parts."""
        title = self.item.title
        if path == self.parts.print_path:
            return View(
                "pages/travel_advice_print.html",
                f"Print {title}",
                article=False,
                robots="noindex, nofollow",
                withdrawn_mark=False,
                site_name="",
            )
        part = self.parts.at(path)
        first = part is None or part is self.parts.all[0]
        name = title if first or part is None else f"{part.title} - {title}"
        values = {"part": part, "first": first}
        return View("pages/travel_advice.html", name, values, name=name, withdrawn_mark=False)

    @property
    def country(self) -> str:
        """The name of the country."""
        return self.details.fields("country").text("name")

    @property
    def alerts(self) -> list[Markup]:
        """What the Foreign Office advises against."""
        known = [one for one in self.details.texts("alert_status") if one in ALERTS]
        return [self.label(f"travel_advice.{one}", country=self.country) for one in known]

    @property
    def facts(self) -> list[tuple[Markup, Markup | str]]:
        """How recent the advice is, and what is new in it; it is current today."""
        when = self.details.moment("reviewed_at") or self.details.moment("updated_at")
        latest = self.latest_update
        locale = self.item.locale
        rows: list[tuple[Markup, Markup | str]] = [
            (self.label("travel_advice.still_current_at"), day(self.options.now, locale))
        ]
        if when:
            rows.append((self.label("travel_advice.updated"), day(when, locale)))
        if latest:
            rows.append((self.label("travel_advice.latest_update"), lines(latest)))
        return rows

    @property
    def latest_update(self) -> str:
        """What changed; the label that editors repeat is taken off."""
        said = LABELLED.sub("", self.details.text("change_description"), count=1)
        return said[:1].upper() + said[1:]

    @property
    def map(self) -> Map | None:
        """The map."""
        image = self.details.fields("image")
        shown = picture(image, image.text("url"))
        document = self.details.fields("document")
        bytes_ = document.number("file_size")
        return (
            Map(shown, document.text("url"), "" if bytes_ is None else size(bytes_))
            if shown
            else None
        )


@dataclass(frozen=True)
class Country:
    """A line of the list of countries."""

    name: str
    href: str
    synonyms: str
    order: str
    initial: str


@page_type
class TravelAdviceIndex(PageType):
    """All countries by their first letter."""

    schemas: ClassVar[tuple[str, ...]] = ("travel_advice_index",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the countries."""
        countries = sorted(map(country, self.named()), key=lambda one: one.order)
        by_initial = sorted(countries, key=lambda one: one.initial)
        letters = [(letter, list(of)) for letter, of in groupby(by_initial, lambda c: c.initial)]
        values = {"count": len(countries), "letters": letters}
        return View("pages/travel_advice_index.html", self.item.title, values)

    def named(self) -> list[ContentItem]:
        """Return the countries that have a name."""
        children = self.item.links("children")
        return [one for one in children if one.details.fields("country").text("name")]


def country(item: ContentItem) -> Country:
    """Return the line of a country."""
    known = item.details.fields("country")
    name = known.text("name")
    return Country(
        name,
        f"/foreign-travel-advice/{item.base_path.rstrip('/').rpartition('/')[2]}",
        "|".join(known.texts("synonyms")),
        without_article(plain_letters(name)),
        without_article(name)[:1],
    )


def without_article(name: str) -> str:
    """Return a name as the list is ordered by it."""
    return WITHOUT_ARTICLE.get(name, name).removeprefix("The ")


def plain_letters(name: str) -> str:
    """Return a name without accents."""
    parts = unicodedata.normalize("NFKD", name.translate(NOT_DECOMPOSED))
    return "".join(one for one in parts if not unicodedata.combining(one))
