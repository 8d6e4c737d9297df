"""What is wrong with a content item: the rules that a publisher app meets, by pointer and name.

Source: alphagov/publishing-api `content_schemas/` and `app/validators/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

PATH = re.compile(r"/(?:[a-zA-Z0-9._~!$&'()*+,;=:@%-]+(?:/[a-zA-Z0-9._~!$&'()*+,;=:@%-]+)*)?")
UUID = re.compile(r"[a-f\d]{8}(-[a-f\d]{4}){3}-[a-f\d]{12}")
UNPUBLISHINGS = ("gone", "redirect", "withdrawal", "vanish")
NAME = re.compile(r"[a-z0-9_]{1,100}")
LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,4})?")
PATHLESS = frozenset(
    ["contact", "content_block", "facet", "link_collection", "role_appointment", "world_location"]
)
PLAIN = ("details", "document_type", "publishing_app", "schema_name", "title")
REQUIRED: dict[str, tuple[str, ...]] = {
    "gone": ("document_type", "publishing_app", "schema_name"),
    "redirect": ("base_path", "document_type", "publishing_app", "redirects", "schema_name"),
    "special_route": ("base_path", "document_type", "publishing_app", "routes", "schema_name"),
    "role": (*PLAIN, "rendering_app"),
    "external_content": (*PLAIN, "description"),
    **dict.fromkeys(PATHLESS, PLAIN),
}
PAGE = ("base_path", *PLAIN, "rendering_app", "routes")
FIELDS = frozenset(
    [
        "access_limited",
        "analytics_identifier",
        "auth_bypass_ids",
        "base_path",
        "bulk_publishing",
        "change_note",
        "content_id",
        "content_id_alias",
        "description",
        "details",
        "document_type",
        "first_published_at",
        "instructions_to_publishers",
        "last_edited_at",
        "last_edited_by_editor_id",
        "links",
        "locale",
        "phase",
        "previous_version",
        "public_updated_at",
        "publishing_app",
        "redirects",
        "rendering_app",
        "routes",
        "schema_name",
        "title",
        "update_type",
    ]
)
CHOICES = {"update_type": ("major", "minor", "republish"), "phase": ("alpha", "beta", "live")}
TEXTS = ("title", "base_path", "schema_name", "document_type", "publishing_app", "locale")
Row = tuple[str, str, str]


def violations_of(item: Mapping[str, Any]) -> list[Row]:
    """Return every violation: pointer, sentence, name of the rule."""
    return [row for rule in (presence, shapes, values, routes) for row in rule(item)]


def presence(item: Mapping[str, Any]) -> Iterator[Row]:
    """Nothing is missing and nothing is too much."""
    for name in sorted(REQUIRED.get(str(item.get("schema_name")), PAGE)):
        if name not in item:
            yield f"/{name}", f"Send {name}: this schema needs it.", "required"
    for name in sorted(set(item) - FIELDS):
        yield f"/{name}", "Leave this field out: no content item has it.", "unknown"


def shapes(item: Mapping[str, Any]) -> Iterator[Row]:
    """Texts are texts, objects are objects."""
    for name in TEXTS:
        if name in item and not isinstance(item[name], str):
            yield f"/{name}", f"Send {name} as text.", "text"
    for name in ("details", "links", "access_limited"):
        if item.get(name) is not None and not isinstance(item[name], dict):
            yield f"/{name}", f"Send {name} as an object.", "object"


def values(item: Mapping[str, Any]) -> Iterator[Row]:
    """Names, paths and choices are possible ones."""
    for name in ("schema_name", "document_type"):
        if isinstance(item.get(name), str) and not NAME.fullmatch(item[name]):
            yield f"/{name}", "Send lower-case letters, digits and underscores.", "name"
    locale = item.get("locale", "en")
    if isinstance(locale, str) and not LOCALE.fullmatch(locale):
        yield "/locale", "Send a locale that GOV.UK has, such as en or cy.", "locale"
    if isinstance(item.get("base_path"), str) and not is_path(item["base_path"]):
        yield "/base_path", "Send a path such as /guidance/keeping-bees.", "base_path"
    for name, allowed in CHOICES.items():
        if item.get(name) is not None and item[name] not in allowed:
            yield f"/{name}", f"Send one of {', '.join(allowed)}.", name


def routes(item: Mapping[str, Any]) -> Iterator[Row]:
    """Routes start with the base path and include it."""
    base, rows = item.get("base_path"), item.get("routes")
    if not isinstance(rows, list) or not is_path(base):
        return
    for position, row in enumerate(rows):
        if not str(row.get("path", "")).startswith(str(base)):
            yield (
                f"/routes/{position}/path",
                "Send a path that starts with base_path.",
                "route_path",
            )
    if not any(row.get("path") == base for row in rows):
        rule = "includes_base_path" if rows else "routes"
        yield "/routes", "Send a route for base_path.", rule


def is_path(value: object) -> bool:
    """Say whether a value is an absolute path."""
    return isinstance(value, str) and len(value) <= 512 and bool(PATH.fullmatch(value))


def links_violations(proposal: Mapping[str, Any]) -> list[Row]:
    """Return what is wrong with a proposal of links."""
    rows = unknown(proposal, ("links", "access_limited"))
    links = proposal.get("links")
    if not isinstance(links, dict) or not links:
        return [*rows, ("/links", "Send links as an object: type to content ids.", "links")]
    for name, ids in links.items():
        if not NAME.fullmatch(name) or name == "available_translations":
            rows.append((f"/links/{name}", "Send another link type.", "link_type"))
        if not isinstance(ids, list) or not all(UUID.fullmatch(str(one)) for one in ids):
            rows.append((f"/links/{name}", "Send a list of content ids.", "links"))
    return rows


def unpublishing_violations(proposal: Mapping[str, Any]) -> list[Row]:
    """Return what is wrong with a proposal to take a page away."""
    known = ("type", "explanation", "alternative_path", "redirects", "unpublished_at")
    rows, kind = unknown(proposal, (*known, "access_limited")), proposal.get("type")
    if kind not in UNPUBLISHINGS:
        rows.append(("/type", f"Send one of {', '.join(UNPUBLISHINGS)}.", "unpublishing_type"))
    if kind == "withdrawal" and not proposal.get("explanation"):
        rows.append(("/explanation", "Explain the withdrawal.", "explanation"))
    if kind == "redirect" and not (proposal.get("alternative_path") or proposal.get("redirects")):
        rows.append(("/alternative_path", "Send alternative_path or redirects.", "destination"))
    return rows


def unknown(proposal: Mapping[str, Any], known: tuple[str, ...]) -> list[Row]:
    """Return what a proposal has no use for."""
    sentence = "Leave this field out of this kind of proposal."
    return [(f"/{name}", sentence, "unknown") for name in sorted(set(proposal) - set(known))]


RULES: dict[str, Callable[[Mapping[str, Any]], list[Row]]] = {
    "content": violations_of,
    "links": links_violations,
    "unpublishing": unpublishing_violations,
}
