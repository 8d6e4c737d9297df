"""What a proposal without content must be: other links, or that a page is taken away.

Source: alphagov/publishing-api `app/commands/v2/patch_link_set.rb`,
`app/commands/v2/unpublish.rb`, `app/models/unpublishing.rb`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from preview.schemas.rules import (
    Checked,
    access_limits,
    is_ids,
    is_moment,
    is_path,
    leads_somewhere,
)
from preview.schemas.violation import Violation

LINK_TYPE = re.compile(r"[a-z0-9_]{1,100}")
AUTOMATIC = "available_translations"
MOST_LINKS = 50_000
LINKS_FIELDS = frozenset({"links", "access_limited"})
UNPUBLISHING_FIELDS = frozenset(
    {
        "type",
        "explanation",
        "alternative_path",
        "redirects",
        "unpublished_at",
        "access_limited",
    }
)
UNPUBLISHING_TYPES = ("gone", "redirect", "withdrawal", "vanish")
LONGEST_EXPLANATION = 100_000


def links_violations(payload: Mapping[str, Any]) -> list[Violation]:
    """Return what is wrong with a proposal of links: `{"links": {type: [content id, …]}}`.

    An empty list proposes that the type has no links.
    """
    return [*unknown_fields(payload, LINKS_FIELDS), *limits(payload), *wrong_links(payload)]


def unpublishing_violations(payload: Mapping[str, Any]) -> list[Violation]:
    """Return what is wrong with a proposal to take a page away: `{"type": "gone", …}`."""
    return [
        *unknown_fields(payload, UNPUBLISHING_FIELDS),
        *limits(payload),
        *wrong_type(payload),
        *wrong_texts(payload),
        *wrong_target(payload),
    ]


def unknown_fields(payload: Mapping[str, Any], known: frozenset[str]) -> Iterator[Violation]:
    """Find what the proposal has no use for."""
    for field in sorted(set(payload) - known):
        pointer = "/" + field.replace("~", "~0").replace("/", "~1")
        yield Violation(pointer[:200], "Leave this field out of this kind of proposal.", "unknown")


def limits(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Find access limits that a content item could not have either."""
    value = payload.get("access_limited")
    if value is not None and not isinstance(value, Mapping):
        yield Violation("/access_limited", "Send access_limited as an object.", "object")
        return
    yield from access_limits(Checked({"access_limited": value}, "", None))


def wrong_links(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Find link types that are none, and lists that hold no content ids."""
    links = payload.get("links")
    if not isinstance(links, Mapping) or not links:
        sentence = "Send links as an object: link type to list of content ids."
        yield Violation("/links", sentence, "links")
        return
    if sum(len(ids) for ids in links.values() if isinstance(ids, list)) > MOST_LINKS:
        yield Violation("/links", f"Send at most {MOST_LINKS} links.", "links")
    for name, ids in links.items():
        pointer = "/links/" + name.replace("~", "~0").replace("/", "~1")
        if not LINK_TYPE.fullmatch(name) or name == AUTOMATIC:
            sentence = "Send a link type in lower-case letters, digits and underscores."
            if name == AUTOMATIC:
                sentence = "Leave available_translations out: it is made from the content."
            yield Violation(pointer[:200], sentence, "link_type")
        if not is_ids(ids):
            yield Violation(pointer[:200], "Send a list of content ids.", "links")


def wrong_type(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Find a type that is none of the four."""
    if payload.get("type") not in UNPUBLISHING_TYPES:
        sentence = f"Send one of {', '.join(UNPUBLISHING_TYPES)}."
        yield Violation("/type", sentence, "unpublishing_type")


def wrong_texts(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Find a withdrawal without a reason, and texts and times that are none."""
    explanation = payload.get("explanation")
    if payload.get("type") == "withdrawal" and not explanation:
        yield Violation("/explanation", "Explain the withdrawal: the page shows it.", "explanation")
    elif explanation is not None and not (
        isinstance(explanation, str) and len(explanation) <= LONGEST_EXPLANATION
    ):
        yield Violation("/explanation", "Send the explanation as text.", "explanation")
    moment = payload.get("unpublished_at")
    if moment is not None and not is_moment(moment):
        sentence = "Send a real date with time and offset, such as 2026-03-01T09:30:00Z."
        yield Violation("/unpublished_at", sentence, "date_time")


def wrong_target(payload: Mapping[str, Any]) -> Iterator[Violation]:
    """Find a redirect or an alternative that leads nowhere."""
    alternative, redirects = payload.get("alternative_path"), payload.get("redirects")
    if payload.get("type") == "redirect" and not (alternative or redirects):
        sentence = "Send alternative_path or redirects: where does the page lead?"
        yield Violation("/alternative_path", sentence, "destination")
    if alternative and not (isinstance(alternative, str) and leads_somewhere(alternative)):
        sentence = "Send another GOV.UK path, or an https address of a public body."
        yield Violation("/alternative_path", sentence, "destination")
    if redirects is None:
        return
    if not isinstance(redirects, list):
        yield Violation("/redirects", "Send redirects as a list.", "redirects")
        return
    for position, row in enumerate(redirects):
        yield from wrong_redirect(f"/redirects/{position}", row)


def wrong_redirect(pointer: str, row: object) -> Iterator[Violation]:
    """Find what is wrong with one redirect."""
    if not isinstance(row, Mapping):
        yield Violation(pointer, "Send an object with path, type and destination.", "route")
        return
    if not is_path(row.get("path")):
        yield Violation(f"{pointer}/path", "Send a path of the page.", "route_path")
    if row.get("type") not in ("exact", "prefix"):
        yield Violation(f"{pointer}/type", "Send exact or prefix.", "route_type")
    target = row.get("destination")
    if not isinstance(target, str) or not leads_somewhere(target):
        sentence = "Send another GOV.UK path, or an https address of a public body."
        yield Violation(f"{pointer}/destination", sentence, "destination")
