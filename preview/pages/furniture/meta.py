"""What machines read of a page: `govuk:` tags, social cards, structured data.

Source: alphagov/govuk_publishing_components `meta_tags.rb`, `machine_readable_metadata`.
"""

from __future__ import annotations

import re

from preview.pages.furniture.step_navs import StepNavs
from preview.pages.item import ContentItem

Tags = dict[str, str]
OVER_TOPIC = re.compile(r"^/[^/]+/(?=.)")


def core(item: ContentItem) -> Tags:
    """Return what the item is, and when it changed."""
    first, last = item.details.text("first_public_at"), item.text("public_updated_at")
    changed = bool(first and last and first != last)
    publisher = item.link("primary_publishing_organisation")
    return {
        "govuk:format": item.document_type,
        "govuk:publishing-app": item.text("publishing_app"),
        "govuk:rendering-app": item.text("rendering_app"),
        "govuk:schema-name": item.schema_name,
        "govuk:content-id": item.content_id,
        "govuk:withdrawn": "withdrawn" if item.withdrawn_notice else "",
        "govuk:content-has-history": "true" if changed or has_history(item) else "",
        "govuk:first-published-at": item.text("first_published_at"),
        "govuk:updated-at": item.text("updated_at"),
        "govuk:public-updated-at": last,
        "govuk:primary-publishing-organisation": publisher.title if publisher else "",
    }


def has_history(item: ContentItem) -> bool:
    """Return whether more than one change is noted."""
    notes = item.details.raw.get("change_history")
    return isinstance(notes, list) and len(notes) > 1


def identifiers(items: list[ContentItem]) -> str:
    """Return analytics identifiers, each once: `<D1><EA2>`."""
    marks = [f"<{one.text('analytics_identifier')}>" for one in items]
    return "".join(dict.fromkeys(marks))


def organisations(item: ContentItem) -> Tags:
    """Return whose the item is, and where in the world it matters."""
    own = [item] if item.document_type == "organisation" else []
    owners = [*own, *item.links("organisations"), *item.links("worldwide_organisations")]
    places = item.links("world_locations")
    return {
        "govuk:organisations": identifiers(owners),
        "govuk:world-locations": identifiers(places),
    }


def political(item: ContentItem) -> Tags:
    """Return whether the item is political, and under which government it was published."""
    if not (item.details.has("political") and item.details.has("government")):
        return {}
    government = item.details.fields("government")
    status = "political" if government.flag("current") else "historic"
    return {
        "govuk:political-status": status if item.details.flag("political") else "non-political",
        "govuk:publishing-government": government.text("slug"),
    }


def roots(item: ContentItem, depth: int = 0) -> set[str]:
    """Return the slugs of the topics at the top, above the item."""
    above = item.links("parent_taxons") or item.links("taxons")
    if not above or depth > 8:
        return {item.base_path.removeprefix("/")} if item.document_type == "taxon" else set()
    return set().union(*(roots(one, depth + 1) for one in above))


def taxonomy(item: ContentItem) -> Tags:
    """Return the topics."""
    taxons = [item] if item.document_type == "taxon" else item.links("taxons")
    taxons = sorted(taxons, key=lambda taxon: taxon.title)
    ids = [taxon.content_id for taxon in taxons]
    slugs = [OVER_TOPIC.sub("", taxon.base_path).removeprefix("/") for taxon in taxons]
    return {
        "govuk:taxonomy_level1": ", ".join(sorted(roots(item))),
        "govuk:taxon-id": ids[0] if ids else "",
        "govuk:taxon-ids": ",".join(ids),
        "govuk:taxon-slug": slugs[0] if slugs else "",
        "govuk:taxon-slugs": ",".join(slugs),
    }


def steps(navs: StepNavs) -> Tags:
    """Return the step by step guides."""
    return {
        "govuk:stepnavs": ",".join(one.content_id for one in navs.primary),
        "govuk:navigation-page-type": f"{navs.kind} step by step shown" if navs.kind else "",
    }


def govuk_tags(item: ContentItem, navs: StepNavs) -> Tags:
    """Return the `govuk:` tags that have a value."""
    tags = core(item) | organisations(item) | political(item) | taxonomy(item) | steps(navs)
    return {name: value for name, value in tags.items() if value}


def share_image(item: ContentItem) -> tuple[str, str] | None:
    """Return address and alternative text of the image of social cards."""
    for image in item.details.objects("images"):
        sources = image.fields("sources")
        address = image.text("high_resolution_url") or sources.text("s960") or image.text("url")
        if image.text("type") in ("lead", "sidebar", "header") and address:
            return address, image.text("alt_text")
    image = item.details.fields("image")
    address = image.text("high_resolution_url") or image.text("url")
    return (address, image.text("alt_text")) if address else None


def social_tags(item: ContentItem, name: str, description: str, address: str) -> Tags:
    """Return the tags of social cards, by `property` or name."""
    image = share_image(item)
    tags = {
        "og:site_name": "GOV.UK",
        "og:type": "article",
        "og:url": address,
        "og:title": name,
        "og:description": description,
        "twitter:card": "summary_large_image" if image else "summary",
    }
    if image:
        tags |= {"og:image": image[0], "og:image:alt": image[1]}
        tags |= {"twitter:image": image[0], "twitter:image:alt": image[1]}
    return tags
