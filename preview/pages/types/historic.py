"""Past prime ministers and other past office holders; the history of government and its houses.

Source: alphagov/collections `app/views/{past_prime_ministers,historic_appointments}/`;
alphagov/frontend `app/views/history/`.
"""

from __future__ import annotations

from functools import cached_property

from preview.pages.fields import Fields
from preview.pages.furniture.breadcrumbs import HOME, Crumb
from preview.pages.furniture.related import Destination
from preview.pages.item import ContentItem
from preview.pages.parts.cards import Card
from preview.pages.parts.contents import Entry, contents
from preview.pages.parts.figures import Picture, picture
from preview.pages.parts.past_holders import Holder, past_holders, profiles
from preview.pages.registry import PageType, View, page_type

CENTURIES = {
    "21st_century": (2001, 2099),
    "20th_century": (1901, 2000),
    "18th_and_19th_centuries": (1701, 1900),
}
FACTS = ("born", "died", "dates_in_office", "political_party", "major_acts", "interesting_facts")
PRIME_MINISTERS = "/government/history/past-prime-ministers"
NOT_IN_ITEM = "The portrait of this person and what is said of them are not part of the item."
Years = list[tuple[int, int]]


def card_of(holder: Holder, terms: tuple[str, ...]) -> Card:
    """Return the card of somebody whom the item does not name."""
    return Card(holder.name, holder.path, links=[Destination(term, "") for term in terms])


def in_office(details: Fields) -> Years:
    """Return the years in which somebody took office and left it."""
    found = []
    for row in details.objects("dates_in_office"):
        start, end = row.number("start_year"), row.number("end_year")
        if start is not None:
            found.append((start, end if end is not None else start))
    return found


@page_type
class HistoricAppointment(PageType):
    """A past prime minister."""

    schemas = ("historic_appointment",)
    routes = (rf"{PRIME_MINISTERS}/[^/]+",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show who it was."""
        return View("pages/historic_appointment.html", self.item.title, says_english=True)

    @cached_property
    def dates(self) -> str:
        """When they were in office."""
        return ", ".join(f"{start} to {end}" for start, end in in_office(self.details))

    @property
    def summary(self) -> str:
        """Party and dates."""
        return f"{self.details.text('political_party')} {self.dates}".strip()

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of them, by heading."""
        rows = [(f"historic.{key}", self.fact(key)) for key in FACTS]
        return [row for row in rows if row[1]]

    def fact(self, key: str) -> str:
        """Return one of the things that are known."""
        return self.dates if key == "dates_in_office" else self.details.text(key)

    @property
    def portrait(self) -> Picture | None:
        """Their picture."""
        for person in self.item.fields("links").objects("person"):
            image = person.fields("details").fields("image")
            return picture(image, image.text("url"))
        return None


@page_type
class HistoricAppointments(PageType):
    """Past holders of an office, by century."""

    schemas = ("historic_appointments",)
    routes = (PRIME_MINISTERS, r"/government/history/past-(chancellors|foreign-secretaries)")

    def paths(self) -> list[str]:
        """Return the list's path, and those of the people whose pages belong to it."""
        return [self.item.base_path, *(one.path for one in profiles(self.item.base_path))]

    def view(self, path: str) -> View:
        """Show them all, or one of them."""
        person = next((one for one in profiles(self.item.base_path) if one.path == path), None)
        if person is not None:
            self.item.remarks.add("stubbed", NOT_IN_ITEM)
            title = self.label.plain("historic.of_person", name=person.name)
            return View("pages/past_holder.html", title, {"person": person}, says_english=True)
        return View("pages/historic_appointments.html", self.item.title, says_english=True)

    @property
    def groups(self) -> list[tuple[str, list[Card]]]:
        """The holders by century, the latest first; the live site has the lists of two offices."""
        return self.listed() or self.by_century()

    def listed(self) -> list[tuple[str, list[Card]]]:
        """Return the holders of an office whose list the live site has."""
        found = [
            (f"historic.{century}", [card_of(one, one.terms) for one in people])
            for century, people in past_holders(self.item.base_path).items()
        ]
        chosen = [card_of(one, one.said) for one in profiles(self.item.base_path)]
        return [("historic.profiles", chosen), *found] if chosen else found

    def by_century(self) -> list[tuple[str, list[Card]]]:
        """Return the holders that the item has."""
        found = [(years, card) for years, card in self.holders() if years]
        found.sort(key=lambda row: (-max(start for start, _ in row[0]), -max(e for _, e in row[0])))
        return [
            (
                f"historic.{key}",
                [card for years, card in found if first <= max(s for s, _ in years) <= last],
            )
            for key, (first, last) in CENTURIES.items()
        ]

    def holders(self) -> list[tuple[Years, Card]]:
        """Return all holders with the years in which they were in office."""
        accounts = [self.with_account(one) for one in self.item.links("historical_accounts")]
        others = self.details.objects("appointments_without_historical_accounts")
        return accounts + [self.card(row, row.text("title"), "", row, "") for row in others]

    def with_account(self, item: ContentItem) -> tuple[Years, Card]:
        """Return a holder who has a page."""
        person = item.link("person")
        party = item.details.text("political_party")
        image = item if item.has("image") or person is None else person.details
        return self.card(item.details, item.title, item.base_path, image, party)

    @staticmethod
    def card(
        details: Fields, title: str, href: str, image: Fields, party: str
    ) -> tuple[Years, Card]:
        """Return the card of a holder, with the years in which they were in office."""
        years = in_office(details)
        said = [f"{party} {start} to {end}".strip() for start, end in sorted(years, reverse=True)]
        src = image.fields("image").text("url")
        return years, Card(title, href, src, links=[Destination(one, "") for one in said])


@page_type
class History(PageType):
    """The history of a building, or of government."""

    schemas = ("history",)

    def view(self, path: str) -> View:  # noqa: ARG002 (one page only)
        """Show the history."""
        above = Crumb(self.label.plain("historic.of_government"), "/government/history")
        return View("pages/history.html", self.item.title, crumbs=[HOME, above])

    @property
    def lead(self) -> str:
        """What stands under the title; never HTML."""
        return self.details.text("lead_paragraph")

    @property
    def picture(self) -> Picture | None:
        """The picture beside the text, which its caption describes."""
        for image in self.details.objects("images"):
            src = image.fields("sources").text("s630") or image.text("url")
            if image.text("type") == "sidebar" and src:
                return Picture(src, image.text("caption"))
        return None

    @cached_property
    def entries(self) -> list[Entry]:
        """The contents list."""
        return contents(self.details.objects("headers"))
