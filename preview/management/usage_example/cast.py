"""Who is in the example: invented organisations and their people, and how each takes its leave."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from preview.accounts.mock import ORGANISATIONS as MOCK

SPACE = uuid.UUID("5f1c7f0e-3f0a-4c39-9f5e-2f1d52c0a100")


@dataclass(frozen=True)
class Cast:
    """An organisation of the example.

    `rate` is sessions a week at first, `falls_from` the week in which people begin to use
    production, `stops` the last week of use (None: goes on), `returns` one in which somebody comes
    back. `kinds` are what it works on, most first.
    """

    slug: str
    title: str
    people: int
    rate: float
    kinds: tuple[str, ...]
    falls_from: int | None = None
    stops: int | None = None
    returns: int | None = None

    @property
    def content_id(self) -> str:
        """Return the organisation's id; the example people's organisations have theirs."""
        known = {slug: str(content_id) for content_id, _, slug in MOCK}
        return known.get(self.slug, str(uuid.uuid5(SPACE, self.slug)))

    def uid(self, number: int) -> str:
        """Return a person's uid on integration's Signon."""
        return str(uuid.uuid5(SPACE, f"{self.slug}/{number}"))

    def email(self, number: int) -> str:
        """Return a person's address."""
        return f"editor{number}@{self.slug}.example"


CAST = (
    Cast("harbours", "Department for Harbours", 5, 9, ("people", "publication"), 7, 11),
    Cast("orchards", "Ministry of Orchards", 6, 12, ("organisations", "people"), 8),
    Cast("lighthouse-board", "Lighthouse Board", 3, 5, ("people",), 6, 9),
    Cast("canal-office", "Office of Canals", 4, 6, ("publication", "people"), 5, 8, 15),
    Cast("weights-agency", "Weights and Measures Agency", 2, 3, ("publication",), 4, 6),
    Cast("tidal-survey", "Tidal Survey", 2, 2.5, ("detailed_guide",), 3, 5),
    Cast("museum-of-maps", "Museum of Maps", 2, 0.5, ("people",), None, 10),
    Cast("forestry-council", "Forestry Council", 3, 4, ("organisations",), 11),
    Cast("night-mail", "Night Mail Inspectorate", 4, 6, ("taxon", "publication")),
    Cast("bridges-commission", "Bridges Commission", 3, 4, ("roles", "people"), 9),
    Cast("stone-circle-trust", "Stone Circle Trust", 2, 1.5, ("topical_events",)),
    Cast("beacon-authority", "Beacon Authority", 3, 5, ("people", "document_collection"), 9),
)
