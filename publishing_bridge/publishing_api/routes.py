"""The rules of routes and redirects, each with the platform's sentence and code.

Apps read these: a form shows the sentence beside the field, so the wording is part of the wire.

Source: alphagov/publishing-api `app/validators/routes_and_redirects_validator.rb`,
`app/errors/command_error.rb` (`ERROR_CODES`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import SplitResult, urlsplit

from preview.schemas.rules import REDIRECT_HOSTS, is_path

Problem = tuple[str, str, str]  # field, sentence, code
Row = Mapping[str, Any]
KEYS = {
    "routes": ("path", "type"),
    "redirects": ("path", "type", "destination", "segments_mode"),
}
HOST_PART = re.compile(r"[a-z0-9-]*", re.IGNORECASE)
LONGEST_HOST_PART = 63
OWN_HOSTS = ("gov.uk", "www.gov.uk")


def route_problems(
    base_path: str, routes: Sequence[Row], redirects: Sequence[Row], *, redirects_only: bool
) -> Iterator[Problem]:
    """Give every rule that routes and redirects of a page break, in the platform's order.

    `redirects_only` is for what is itself a redirect: its redirects must cover the base path.
    """
    broken = False
    for row in routes:
        found = [*of_row("routes", row, base_path)]
        broken = broken or bool(found)
        yield from found
    for row in redirects:
        found = [*of_row("redirects", row, base_path), *of_ends(row)]
        broken = broken or bool(found)
        yield from found
        if not broken:
            yield from of_destination(row)
    yield from of_all(base_path, routes, redirects, redirects_only=redirects_only)


def of_row(field: str, row: Row, base_path: str) -> Iterator[Problem]:
    """Give what is wrong with path, type and names of one row."""
    path, kind = row.get("path"), row.get("type")
    if not kind:
        yield field, "type must be present", "route_type_missing"
    if not path:
        yield field, "path must be present", "route_path_missing"
    if kind not in ("exact", "prefix"):
        yield field, "type must be either 'exact' or 'prefix'", "route_type_invalid"
    if more := [name for name in row if name not in KEYS[field]]:
        yield field, f"unsupported keys: {', '.join(more)[:200]}", "route_unsupported_keys"
    if not is_path(path):
        yield field, "is not a valid absolute URL path", "absolute_path_invalid"
    if not str(path or "").startswith(base_path):
        yield field, "path must be below the base path", "route_not_below_base_path"


def of_ends(row: Row) -> Iterator[Problem]:
    """Give what is wrong with the two ends of a redirect, before it is read as an address."""
    path, destination = row.get("path"), row.get("destination")
    if not path:
        yield "redirects", "path must be present", "redirect_path_missing"
    if not destination:
        yield "redirects", "destination must be present", "redirect_destination_missing"
    if path == destination:
        sentence = "path cannot equal the destination"
        yield "redirects", sentence, "redirect_path_equals_destination"
    if row.get("segments_mode", "ignore") not in ("preserve", "ignore"):
        yield "redirects", "segments_mode invalid", "redirect_destination_invalid"


def of_destination(row: Row) -> Iterator[Problem]:
    """Give what is wrong with where a redirect leads."""
    target = str(row.get("destination"))
    parts = parsed(target)
    if parts is None:
        yield "redirects", f"destination invalid ({shown(target)})", "redirect_destination_invalid"
        return
    if not target.startswith("/"):
        yield from of_host(target, parts)
    elif target != "/" and target.endswith("/"):
        sentence = f"destination invalid ({shown(target)}), internal redirects cannot end with /"
        yield "redirects", sentence, "redirect_destination_invalid"
    if row.get("segments_mode") == "preserve":
        yield from of_kept_segments(target, parts)


def of_kept_segments(target: str, parts: SplitResult) -> Iterator[Problem]:
    """Give what can't stay where the rest of the asked address is put behind the destination."""
    for part, name, what in (
        (parts.fragment, "fragment", "a fragment"),
        (parts.query, "query", "query parameters"),
    ):
        if part:
            sentence = f"destination {shown(target)} cannot contain {what} if the segments_mode"
            code = f"redirect_{name}_not_allowed_with_preserve"
            yield "redirects", f"{sentence} is 'preserve'", code


def of_host(target: str, parts: SplitResult) -> Iterator[Problem]:
    """Give what is wrong with an address on another site."""
    host = parts.hostname or ""
    if not host:
        sentence = f"missing host for external redirect ({shown(target)})"
        yield "redirects", sentence, "redirect_external_missing_host"
        return
    if not any(host == name or host.endswith(f".{name}") for name in REDIRECT_HOSTS):
        domains = sentence_of(REDIRECT_HOSTS)
        sentence = f"external redirects only accepted for the domains {domains} ({shown(target)})"
        yield "redirects", sentence, "redirect_external_disallowed_domain"
    if host in OWN_HOSTS:
        sentence = f"internal redirect should not be specified with full url ({shown(target)})"
        yield "redirects", sentence, "redirect_external_govuk_should_be_internal"
    if parts.scheme != "https":
        sentence = f"external redirects must use https ({shown(target)})"
        yield "redirects", sentence, "redirect_external_not_https"
    for part in host.split("."):
        yield from of_host_part(part)


def of_host_part(part: str) -> Iterator[Problem]:
    """Give what is wrong with one part of a host's name."""
    name = f"subdomain {shown(part)}"
    if len(part) > LONGEST_HOST_PART:
        sentence = f"{name} is longer than {LONGEST_HOST_PART} characters"
        yield "redirects", sentence, "redirect_subdomain_too_long"
    if part.startswith("-"):
        sentence = f"{name} should not start with a hyphen"
        yield "redirects", sentence, "redirect_subdomain_starts_with_hyphen"
    if not HOST_PART.fullmatch(part):
        sentence = f"{name} contains prohibited characters"
        yield "redirects", sentence, "redirect_subdomain_invalid_chars"


def of_all(
    base_path: str, routes: Sequence[Row], redirects: Sequence[Row], *, redirects_only: bool
) -> Iterator[Problem]:
    """Give what is wrong with all of them together."""
    paths = [row.get("path") for row in routes]
    if len(set(paths)) != len(paths):
        yield "routes", "must have unique paths", "route_paths_not_unique"
    paths += [row.get("path") for row in redirects]
    if len(set(paths)) != len(paths):
        yield "redirects", "must have unique paths", "redirect_paths_not_unique"
    field, rows = ("redirects", redirects) if redirects_only else ("routes", routes)
    if base_path not in [row.get("path") for row in rows]:
        yield field, "must include the base path", f"{field}_must_include_base_path"


def parsed(target: str) -> SplitResult | None:
    """Read an address; None where it is none."""
    try:
        parts = urlsplit(target)
        usable = parts.hostname is not None or not parts.netloc
    except ValueError:
        return None
    printable = target.isascii() and not re.search(r"[\s<>\"{}|\\^`]", target)
    return parts if usable and printable else None


def shown(text: str) -> str:
    """Return as much of a text as a sentence repeats."""
    return text[:300]


def sentence_of(names: Sequence[str]) -> str:
    """Return names as Rails joins them: "a", "a and b", "a, b, and c"."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
