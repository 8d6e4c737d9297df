"""By which link types an item of a document type is linked to.

Publishing API is asked by link type, so the types have to be known.

Source: alphagov/publishing-api `content_schemas/formats/*.jsonnet` (links).
"""

from __future__ import annotations

from publishing_bridge.links.paths import PEOPLE_OF_A_LIST

ORGANISATIONS = (
    *("organisations", "primary_publishing_organisation", "lead_organisations"),
    *("emphasised_organisations", "ordered_parent_organisations", "ordered_child_organisations"),
    *(
        "ordered_ministerial_departments",
        "sponsoring_organisations",
        "original_primary_publishing_organisation",
    ),
)
PEOPLE = ("people", "speaker", "person", "current_prime_minister", *PEOPLE_OF_A_LIST)
ROLES = ("roles", "role", "ordered_roles", "ministers")
ANY = (
    *("parent", "documents", "ordered_related_items", "related", "related_guides"),
    *("related_policies", "document_collections", "suggested_ordered_related_items"),
    *("ordered_featured_documents", "pages_part_of_step_nav", "pages_related_to_step_nav"),
)
BY_DOCUMENT_TYPE: dict[str, tuple[str, ...]] = {
    "organisation": ORGANISATIONS,
    "worldwide_organisation": ("worldwide_organisations", "worldwide_organisation"),
    "person": PEOPLE,
    "ministerial_role": ROLES,
    "role_appointment": ("role_appointments",),
    "taxon": ("taxons", "parent_taxons", "associated_taxons", "root_taxon", "legacy_taxons"),
    "mainstream_browse_page": ("mainstream_browse_pages", "parent", "active_top_level_browse_page"),
    "topical_event": ("topical_events",),
    "world_location": ("world_locations",),
    "government": ("government",),
    "contact": ("ordered_contacts", "contact", "contacts", "main_office", "home_page_offices"),
    "finder": ("finder", "ordered_related_items"),
    "manual": ("manual",),
    "working_group": ("working_groups",),
    "step_by_step_nav": ("part_of_step_navs", "related_to_step_navs"),
}


def linked_by(document_type: str) -> tuple[str, ...]:
    """Return the link types that lead to items of a document type."""
    if document_type.endswith("_role"):
        return ROLES
    return BY_DOCUMENT_TYPE.get(document_type, ANY)
