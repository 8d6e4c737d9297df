"""Who works for an organisation, in groups.

Source: alphagov/collections `app/presenters/organisations/people_presenter.rb`.
"""

from __future__ import annotations

from dataclasses import dataclass

from preview.pages.furniture.related import Destination, destinations
from preview.pages.item import ContentItem
from preview.pages.parts.appointments import appointments, roles
from preview.pages.parts.cards import Card

GROUPS = {
    "ministers": ("ministerial_role",),
    "military_personnel": ("military_role",),
    "board_members": ("board_member_role", "chief_scientific_advisor_role"),
    "traffic_commissioners": ("traffic_commissioner_role",),
    "special_representatives": ("special_representative_role",),
    "chief_professional_officers": ("chief_professional_officer_role",),
}


@dataclass(frozen=True)
class Group:
    """People of one kind: the key of their heading, and a card for each."""

    key: str
    people: list[Card]


def groups(organisation: ContentItem) -> list[Group]:
    """Return the groups that have anybody in them."""
    own = {role.content_id for role in organisation.links("ordered_roles")}
    found = [
        Group(
            key,
            [
                card(person, held(person, own, kinds), ministerial=key == "ministers")
                for person in organisation.links(f"ordered_{key}")
            ],
        )
        for key, kinds in GROUPS.items()
    ]
    return [group for group in found if group.people]


def held(person: ContentItem, own: set[str], kinds: tuple[str, ...]) -> list[ContentItem]:
    """Return the roles of some kinds that a person has in the organisation now."""
    current = roles(appointments(person, current=True))
    return [role for role in current if role.content_id in own and role.document_type in kinds]


def card(person: ContentItem, held: list[ContentItem], *, ministerial: bool) -> Card:
    """Return the card of a person: the roles of ministers are links, others' are text."""
    payments = [one.details.text("role_payment_type") for one in held]
    links: list[Destination] = destinations(held) if ministerial else []
    return Card(
        text=person.title,
        href=person.base_path,
        src=person.details.fields("image").text("url"),
        description="" if ministerial else ", ".join(role.title for role in held),
        links=links,
        note=next(filter(None, payments), ""),
    )
