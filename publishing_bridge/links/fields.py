"""Which fields of an item are shown where it is linked to, by its document type and the link type.

Source: alphagov/publishing-api `lib/expansion_rules.rb` (`CUSTOM_EXPANSION_FIELDS`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from preview.overlay.live import Item, Json
from publishing_bridge.links.paths import PEOPLE_OF_A_LIST

MANDATORY = ("content_id", "title", "locale")
DEFAULT = (
    *MANDATORY,
    *("analytics_identifier", "api_path", "base_path", "document_type"),
    *("public_updated_at", "schema_name", "withdrawn"),
)
NO_PUBLIC_UPDATE = tuple(name for name in DEFAULT if name != "public_updated_at")
DESCRIBED = (*DEFAULT, "description")


def details(*names: str) -> tuple[str, ...]:
    """Return fields inside `details`; a point goes one object deeper."""
    return tuple(f"details.{name}" for name in names)


CONTACT = ("description", "title", "contact_form_links", "post_addresses", "email_addresses")
ORGANISATION = ("acronym", "logo", "brand", "default_news_image", "organisation_govuk_status")
FINDER = (
    *("facets", "show_metadata_block", "show_table_of_contents"),
    "index_documents_in_search_engines",
)
STEPS = (*DEFAULT, *details("step_by_step_nav.title", "step_by_step_nav.steps"))
ROLE = (*DEFAULT, *details("body", "role_payment_type"))
PERSON_IN_A_LIST = (*DEFAULT, *details("image", "privy_counsellor"))
APPOINTMENT = ("started_on", "ended_on", "current", "person_appointment_order")

BY_DOCUMENT_TYPE: dict[str, tuple[str, ...]] = {
    "redirect": (),
    "gone": (),
    "contact": (*DEFAULT, *details(*CONTACT, "phone_numbers")),
    "organisation": (*NO_PUBLIC_UPDATE, *details(*ORGANISATION)),
    "placeholder_organisation": (*NO_PUBLIC_UPDATE, *details(*ORGANISATION)),
    "taxon": (*DEFAULT, "description", "details", "phase"),
    "need": (*DEFAULT, *details("role", "goal", "benefit", "met_when", "justifications")),
    "fatality_notice": (*DEFAULT, *details("roll_call_introduction", "casualties")),
    "historic_appointment": (*DEFAULT, *details("political_party", "dates_in_office")),
    "mainstream_browse_page": DESCRIBED,
    "role_appointment": (*DEFAULT, *details(*APPOINTMENT)),
    "service_manual_topic": DESCRIBED,
    "step_by_step_nav": STEPS,
    "take_part": (*DEFAULT, "description", "details"),
    "travel_advice": (*DEFAULT, *details("country", "change_description")),
    "world_location": ("content_id", "title", "schema_name", "locale", "analytics_identifier"),
    "world_location_news": DESCRIBED,
    "worldwide_office": (*DEFAULT, *details("access_and_opening_times")),
    "worldwide_organisation": (*DESCRIBED, *details("world_location_names")),
    "government": (
        *(*MANDATORY, "api_path", "base_path", "document_type"),
        *details("started_on", "ended_on", "current"),
    ),
    "coronavirus_landing_page": DESCRIBED,
    "link_collection": (*DEFAULT, *details("link_items")),
    "ministerial_role": (
        *DEFAULT,
        *details("body", "role_payment_type", "seniority", "whip_organisation"),
    ),
    **dict.fromkeys(
        (
            *("ambassador_role", "board_member_role", "chief_professional_officer_role"),
            *("chief_scientific_advisor_role", "chief_scientific_officer_role"),
            *("deputy_head_of_mission_role", "governor_role", "high_commissioner_role"),
            *("military_role", "special_representative_role", "traffic_commissioner_role"),
            "worldwide_office_staff_role",
        ),
        ROLE,
    ),
}
BY_LINK_TYPE: dict[tuple[str, str], tuple[str, ...]] = {
    ("finder", "finder"): (*DEFAULT, *details(*FINDER)),
    ("person", "person"): (*DEFAULT, *details("body", "image", "privy_counsellor")),
    **{
        ("person", link_type): PERSON_IN_A_LIST
        for link_type in (*PEOPLE_OF_A_LIST, "current_prime_minister")
        if link_type not in ("office_staff", "secondary_role_person")
    },
}


@dataclass(frozen=True, eq=False)  # each is made once, and found again by itself
class Card:
    """What is shown of an item: whole fields, and places inside `details`."""

    whole: tuple[str, ...]
    inside: tuple[tuple[str, ...], ...]

    def of(self, item: Item) -> dict[str, Any]:
        """Return the item as a link shows it, without links; what lies inside is shared."""
        found = item.shown.get(self)
        if found is None:
            found = item.shown[self] = self.made_of(item)
        return found.copy()

    def made_of(self, item: Item) -> dict[str, Any]:
        """Make what a link shows of an item."""
        get = item.fields.get
        found = {name: get(name) for name in self.whole}
        if "api_path" in found:
            path = get("base_path")
            found["api_path"] = f"/api/content{path}" if path else None
        if "withdrawn" in found:
            found["withdrawn"] = item.withdrawn
        if self.inside:
            found["details"] = inner(get("details"), self.inside)
        return found


def inner(source: object, places: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Return the places of an object, null where it has none."""
    found: dict[str, Any] = {}
    for place in places:
        value, target = source, found
        for name in place[:-1]:
            value = value.get(name) if isinstance(value, Mapping) else None
            target = target.setdefault(name, {})
        target[place[-1]] = value.get(place[-1]) if isinstance(value, Mapping) else None
    return found


@cache
def card(document_type: str, link_type: str) -> Card:
    """Return what a link of this type shows of an item of this document type."""
    names = BY_LINK_TYPE.get((document_type, link_type))
    if names is None:
        names = BY_DOCUMENT_TYPE.get(document_type, DEFAULT)
    return made(names)


@cache
def made(names: tuple[str, ...]) -> Card:
    """Return the card with these fields."""
    return Card(
        tuple(name for name in names if not name.startswith("details.")),
        tuple(tuple(name.split(".")[1:]) for name in names if name.startswith("details.")),
    )


@cache
def widest(document_type: str) -> Card:
    """Return all that links of any type show of an item of this document type."""
    names = dict.fromkeys(BY_DOCUMENT_TYPE.get(document_type, DEFAULT))
    for (of_type, _), more in BY_LINK_TYPE.items():
        if of_type == document_type:
            names.update(dict.fromkeys(more))
    return made(tuple(names))


def outward(fields: Json) -> Json:
    """Return what other pages can show of an item, whatever the link type."""
    item = Item(str(fields.get("content_id")), str(fields.get("locale")), fields)
    return widest(str(fields.get("document_type"))).of(item)
