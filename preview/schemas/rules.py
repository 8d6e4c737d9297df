"""The rules that every content item obeys, one function each, in the order of `RULES`.

Source: alphagov/publishing-api `app/validators/routes_and_redirects_validator.rb`,
`content_schemas/formats/shared/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from preview.schemas import registry
from preview.schemas.violation import Violation

UUID = re.compile(r"[a-f\d]{8}-[a-f\d]{4}-[1-5][a-f\d]{3}-[89ab][a-f\d]{3}-[a-f\d]{12}")
ANY_UUID = re.compile(r"[a-f\d]{8}(-[a-f\d]{4}){3}-[a-f\d]{12}")
PATH = re.compile(
    r"/(([a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+(/([a-zA-Z0-9._~!$&'()*+,;=:@-]|%[0-9a-fA-F]{2})+)*)?"
)
LONGEST_PATH = 512
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
TEXT_FIELDS = ("title", "base_path", "schema_name", "document_type", "publishing_app", "locale")
REDIRECT_HOSTS = [
    "gov.uk",
    "nhs.uk",
    "police.uk",
    "judiciary.uk",
    "caa.co.uk",
    "ukri.org",
    "moneyhelper.org.uk",
    "nationalhighways.co.uk",
    "hmcoastguard.uk",
    "independent-inquiry.uk",
    "internationalaisafetyreport.org",
    "pubscodeadjudicator.org.uk",
]
CHOICES = {
    "update_type": ("major", "minor", "republish"),
    "phase": ("alpha", "beta", "live"),
}
DATES = ("first_published_at", "public_updated_at", "last_edited_at")


@dataclass(frozen=True)
class Checked:
    """What a rule looks at."""

    payload: Mapping[str, Any]
    content_id: str
    schema: registry.Schema | None


Rule = Callable[[Checked], Iterator[Violation]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Add a rule to the list."""
    RULES.append(function)
    return function


@rule
def identity(checked: Checked) -> Iterator[Violation]:
    """The content id is that of the address, in GOV.UK's form."""
    if not UUID.fullmatch(checked.content_id):
        yield Violation("/content_id", "Send a lower-case UUID, version 1 to 5.", "content_id")
    if checked.payload.get("content_id", checked.content_id) != checked.content_id:
        yield Violation(
            "/content_id", "Send the content_id of the address, or leave it out.", "content_id"
        )


@rule
def required_fields(checked: Checked) -> Iterator[Violation]:
    """Every field that the schema asks for is there."""
    required = checked.schema.required if checked.schema else registry.UNKNOWN
    for field in sorted(required - set(checked.payload)):
        yield Violation(f"/{field}", f"Send {field}: this schema needs it.", "required")


@rule
def known_fields(checked: Checked) -> Iterator[Violation]:
    """Nothing is there that no content item has."""
    for field in sorted(set(checked.payload) - FIELDS):
        pointer = "/" + field.replace("~", "~0").replace("/", "~1")
        yield Violation(pointer[:200], "Leave this field out: no content item has it.", "unknown")


@rule
def text_fields(checked: Checked) -> Iterator[Violation]:
    """Names and titles are text."""
    for field in TEXT_FIELDS:
        if field in checked.payload and not isinstance(checked.payload[field], str):
            yield Violation(f"/{field}", f"Send {field} as text.", "text")
    for field in ("schema_name", "document_type"):
        value = checked.payload.get(field)
        if isinstance(value, str) and not re.fullmatch(r"[a-z0-9_]{1,100}", value):
            sentence = f"Send {field} in lower-case letters, digits and underscores."
            yield Violation(f"/{field}", sentence, "name")


@rule
def document_type(checked: Checked) -> Iterator[Violation]:
    """The document type is one of the schema's."""
    value = checked.payload.get("document_type")
    if checked.schema and isinstance(value, str) and value not in checked.schema.document_types:
        sentence = f"Send a document_type that {checked.schema.name} has, not {value[:60]!r}."
        yield Violation("/document_type", sentence, "document_type")


@rule
def locale(checked: Checked) -> Iterator[Violation]:
    """The locale is one that GOV.UK publishes in."""
    value = checked.payload.get("locale", "en")
    if isinstance(value, str) and value not in registry.LOCALES:
        sentence = f"Send a locale that GOV.UK has, such as en or cy, not {value[:20]!r}."
        yield Violation("/locale", sentence, "locale")


@rule
def base_path(checked: Checked) -> Iterator[Violation]:
    """The path is one that GOV.UK can serve."""
    value = checked.payload.get("base_path")
    if isinstance(value, str) and not is_path(value):
        sentence = (
            "Send a path such as /guidance/keeping-bees: it starts with /, has no // and no "
            "trailing /, and 512 bytes at most."
        )
        yield Violation("/base_path", sentence, "base_path")


def is_path(value: object) -> bool:
    """Say whether a value is an absolute path in GOV.UK's form."""
    return isinstance(value, str) and len(value) <= LONGEST_PATH and bool(PATH.fullmatch(value))


@rule
def choices(checked: Checked) -> Iterator[Violation]:
    """Fields with few values have one of them."""
    for field, allowed in CHOICES.items():
        value = checked.payload.get(field)
        if value is not None and value not in allowed:
            yield Violation(f"/{field}", f"Send one of {', '.join(allowed)}.", field)


@rule
def dates(checked: Checked) -> Iterator[Violation]:
    """Dates are real, with a time and an offset."""
    for field in DATES:
        value = checked.payload.get(field)
        if value is not None and not is_moment(value):
            sentence = "Send a real date with time and offset, such as 2026-03-01T09:30:00Z."
            yield Violation(f"/{field}", sentence, "date_time")


def is_moment(value: object) -> bool:
    """Say whether a value is an RFC 3339 time."""
    if not isinstance(value, str):
        return False
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


@rule
def objects(checked: Checked) -> Iterator[Violation]:
    """Details, links and access limits are objects; links are lists of content ids."""
    for field in ("details", "links", "access_limited"):
        value = checked.payload.get(field)
        if value is not None and not isinstance(value, dict):
            yield Violation(f"/{field}", f"Send {field} as an object.", "object")
    links = checked.payload.get("links")
    for name, ids in (links if isinstance(links, dict) else {}).items():
        if not is_ids(ids):
            pointer = f"/links/{name}"[:200]
            yield Violation(pointer, "Send a list of content ids.", "links")


def is_ids(value: object) -> bool:
    """Say whether a value is a list of UUIDs."""
    return isinstance(value, list) and all(
        isinstance(one, str) and ANY_UUID.fullmatch(one) for one in value
    )


@rule
def access_limits(checked: Checked) -> Iterator[Violation]:
    """Access limits name people by uid and organisations by content id."""
    limited = checked.payload.get("access_limited")
    if isinstance(limited, dict):
        users = limited.get("users", [])
        if not (isinstance(users, list) and all(is_uid(one) for one in users)):
            sentence = "Send a list of Signon uids, each 64 characters at most."
            yield Violation("/access_limited/users", sentence, "access_limited")
        if not is_ids(limited.get("organisations", [])):
            sentence = "Send a list of content ids of organisations."
            yield Violation("/access_limited/organisations", sentence, "access_limited")
        for name in sorted(set(limited) - {"users", "organisations", "auth_bypass_ids"}):
            pointer = f"/access_limited/{name}"[:200]
            yield Violation(pointer, "Leave this field out.", "access_limited")
    ids = checked.payload.get("auth_bypass_ids", [])
    if not is_ids(ids) or len(set(ids)) != len(ids):
        yield Violation("/auth_bypass_ids", "Send a list of different UUIDs.", "auth_bypass_ids")


def is_uid(value: object) -> bool:
    """Say whether a value can be a Signon uid."""
    return isinstance(value, str) and 0 < len(value) <= 64


@rule
def routes(checked: Checked) -> Iterator[Violation]:
    """Routes and redirects start with the base path, stand once, and have no other keys."""
    base = checked.payload.get("base_path")
    seen: set[str] = set()
    for field, keys in (
        ("routes", {"path", "type"}),
        ("redirects", {"path", "type", "destination", "segments_mode"}),
    ):
        rows = checked.payload.get(field, [])
        if not isinstance(rows, list):
            yield Violation(f"/{field}", f"Send {field} as a list.", field)
            continue
        for position, row in enumerate(rows):
            yield from route(f"/{field}/{position}", row, keys, base, seen)
    yield from includes_base(checked, base)


def route(
    pointer: str, row: object, keys: set[str], base: object, seen: set[str]
) -> Iterator[Violation]:
    """One route or redirect."""
    if not isinstance(row, dict):
        yield Violation(pointer, "Send an object with path and type.", "route")
        return
    path = row.get("path")
    starts = is_path(path) and isinstance(base, str) and str(path).startswith(base)
    if not starts:
        yield Violation(f"{pointer}/path", "Send a path that starts with base_path.", "route_path")
    elif path in seen:
        yield Violation(f"{pointer}/path", "Send each path once.", "route_path")
    seen.add(str(path))
    if row.get("type") not in ("exact", "prefix"):
        yield Violation(f"{pointer}/type", "Send exact or prefix.", "route_type")
    for name in sorted(set(row) - keys):
        yield Violation(f"{pointer}/{name}"[:200], "Leave this field out.", "route_keys")
    if "destination" in keys:
        yield from destination(pointer, row)


def destination(pointer: str, row: Mapping[str, Any]) -> Iterator[Violation]:
    """Where a redirect leads."""
    target = row.get("destination")
    mode = row.get("segments_mode", "ignore")
    if mode not in ("preserve", "ignore"):
        yield Violation(f"{pointer}/segments_mode", "Send preserve or ignore.", "segments_mode")
    if not isinstance(target, str) or target == row.get("path") or not leads_somewhere(target):
        sentence = "Send another GOV.UK path, or an https address of a public body."
        yield Violation(f"{pointer}/destination", sentence, "destination")
    elif mode == "preserve" and re.search(r"[?#]", target):
        sentence = "Leave query and fragment out where segments are preserved."
        yield Violation(f"{pointer}/destination", sentence, "destination")


def leads_somewhere(target: str) -> bool:
    """Say whether a redirect may lead there."""
    try:
        parts = urlsplit(target)
        host = parts.hostname or ""
    except ValueError:
        return False
    if not parts.scheme and not parts.netloc:
        return target.startswith("/") and (is_path(parts.path))
    known = any(host == name or host.endswith(f".{name}") for name in REDIRECT_HOSTS)
    return parts.scheme == "https" and known and host != "www.gov.uk"


def includes_base(checked: Checked, base: object) -> Iterator[Violation]:
    """The base path itself is among the routes (for a redirect: among the redirects)."""
    field = "redirects" if checked.payload.get("schema_name") == "redirect" else "routes"
    rows = checked.payload.get(field)
    if isinstance(base, str) and isinstance(rows, list) and checked.schema:
        paths = [row.get("path") for row in rows if isinstance(row, dict)]
        if base not in paths:
            broken = "includes_base_path" if rows else field  # the schemas refuse an empty list
            yield Violation(f"/{field}", "Include base_path itself.", broken)


@rule
def content_types(checked: Checked) -> Iterator[Violation]:
    """Texts in several content types have HTML or Govspeak, each once, with content."""
    stack: list[tuple[str, Any]] = [("/details", checked.payload.get("details"))]
    while stack:
        pointer, value = stack.pop()
        if isinstance(value, dict):
            stack += [(f"{pointer}/{name}"[:300], child) for name, child in value.items()]
        elif isinstance(value, list):
            if any(is_text_of_a_type(one) for one in value):
                yield from several_types(pointer, value)
            else:
                stack += [(f"{pointer}/{index}", child) for index, child in enumerate(value)]


def is_text_of_a_type(row: object) -> bool:
    """Say whether a row is one text of several (and not, say, an attachment with its type)."""
    known = {"content_type", "content", "rendered_by", "govspeak_version"}
    return isinstance(row, dict) and "content_type" in row and set(row) <= known


def several_types(pointer: str, rows: list[Any]) -> Iterator[Violation]:
    """One text in several content types."""
    if not all(isinstance(one, dict) and isinstance(one.get("content"), str) for one in rows):
        yield Violation(pointer, "Send content as text for each content_type.", "content_types")
        return
    kinds = [str(one.get("content_type")) for one in rows]
    if len(set(kinds)) != len(kinds) or not {"text/html", "text/govspeak"} & set(kinds):
        sentence = "Send text/html or text/govspeak, each content_type once."
        yield Violation(pointer, sentence, "content_types")
