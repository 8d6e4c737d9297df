"""Along which link types an expansion goes on, and what a link is called by its target.

Source: alphagov/publishing-api `lib/expansion_rules.rb` (`MULTI_LEVEL_LINK_PATHS`,
`REVERSE_LINKS`), `app/models/link.rb` (`PERMITTED_UNPUBLISHED_LINK_TYPES`).
"""

from __future__ import annotations

from functools import cache

REVERSE_NAMES = {
    "parent": "children",
    "documents": "document_collections",
    "working_groups": "policies",
    "parent_taxons": "child_taxons",
    "root_taxon": "level_one_taxons",
    "pages_part_of_step_nav": "part_of_step_navs",
    "pages_related_to_step_nav": "related_to_step_navs",
    "pages_secondary_to_step_nav": "secondary_to_step_navs",
    "person": "role_appointments",
    "role": "role_appointments",
    "ministerial": "ministers",
}
DIRECT_TYPES: dict[str, tuple[str, ...]] = {
    name: tuple(kind for kind, other in REVERSE_NAMES.items() if other == name)
    for name in REVERSE_NAMES.values()
}
WITHDRAWN_TOO = frozenset({"children", "parent", "related_statistical_data_sets"})

PEOPLE_OF_A_LIST = (
    "ordered_also_attends_cabinet",
    "ordered_assistant_whips",
    "ordered_baronesses_and_lords_in_waiting_whips",
    "ordered_board_members",
    "ordered_cabinet_ministers",
    "ordered_chief_professional_officers",
    "ordered_house_lords_whips",
    "ordered_house_of_commons_whips",
    "ordered_junior_lords_of_the_treasury_whips",
    "ordered_military_personnel",
    "ordered_ministers",
    "office_staff",
    "primary_role_person",
    "secondary_role_person",
    "ordered_special_representatives",
    "ordered_traffic_commissioners",
)

# One path a line; a type with * may follow itself any number of times.
PATHS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in (
        "associated_taxons*",
        "child_taxons associated_taxons*",
        "child_taxons*",
        "parent*",
        "parent_taxons*",
        "parent_taxons* root_taxon",
        "taxons root_taxon",
        "taxons parent_taxons*",
        "taxons parent_taxons* root_taxon",
        "ordered_related_items mainstream_browse_pages parent*",
        "ordered_related_items_overrides taxons",
        "role_appointments person",
        "role_appointments role",
        "role_appointments role ordered_parent_organisations",
        "ministers role_appointments person",
        *(f"{people} role_appointments role" for people in PEOPLE_OF_A_LIST),
        "ordered_ministerial_departments ordered_ministers role_appointments role",
        "ordered_ministerial_departments ordered_roles",
        "historical_accounts person",
        "main_office contact",
        "home_page_offices contact",
        "worldwide_organisation sponsoring_organisations",
        "worldwide_organisation world_locations",
    )
)

Places = frozenset[tuple[int, int]]
"""Where in which paths a chain of link types can be: (path, last element that it used)."""


def plain(element: str) -> str:
    """Return the link type of a path's element."""
    return element.removesuffix("*")


@cache
def first(kind: str) -> Places:
    """Return where a chain is that starts with this link type."""
    return frozenset((at, 0) for at, path in enumerate(PATHS) if plain(path[0]) == kind)


@cache
def after(places: Places, kind: str) -> Places:
    """Return where a chain is once it goes on with this link type; empty where it can't."""
    found = set()
    for at, element in places:
        path = PATHS[at]
        if path[element].endswith("*") and plain(path[element]) == kind:
            found.add((at, element))
        if element + 1 < len(path) and plain(path[element + 1]) == kind:
            found.add((at, element + 1))
    return frozenset(found)


@cache
def following(places: Places) -> tuple[str, ...]:
    """Return the link types with which a chain can go on."""
    kinds: dict[str, None] = {}
    for at, element in sorted(places):
        path = PATHS[at]
        if path[element].endswith("*"):
            kinds[plain(path[element])] = None
        if element + 1 < len(path):
            kinds[plain(path[element + 1])] = None
    return tuple(kinds)
