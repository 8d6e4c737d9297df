"""The forms in which proposals without content are stored as versions of a draft.

`links`: {"links": {link type: [content ids]}}. As PATCH /v2/links has it, a type that is named
replaces that type of the link set, [] takes it away, and a type that is not named stays.

`unpublishing`: {"type": "gone" | "redirect" | "withdrawal" | "vanish"} and, as the type needs,
"explanation" (HTML or Govspeak), "alternative_path", "redirects" ([{path, type, segments_mode,
destination}]), "unpublished_at" (RFC 3339).

Source: alphagov/publishing-api `app/commands/v2/{patch_link_set,unpublish}.rb`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

UnpublishingType = Literal["gone", "redirect", "withdrawal", "vanish"]
TYPES: tuple[UnpublishingType, ...] = ("gone", "redirect", "withdrawal", "vanish")


@dataclass(frozen=True)
class Unpublishing:
    """How a page is proposed to be taken away; `redirects` are rules as in a content item."""

    type: UnpublishingType
    explanation: str = ""
    alternative_path: str = ""
    redirects: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    unpublished_at: str | None = None


def unpublishing_of(payload: Mapping[str, Any]) -> Unpublishing:
    """Read a version of kind `unpublishing`; what can't be read counts as not sent."""
    kind = payload.get("type")
    rules = payload.get("redirects")
    return Unpublishing(
        type=kind if kind in TYPES else "gone",
        explanation=text(payload, "explanation"),
        alternative_path=text(payload, "alternative_path"),
        redirects=[one for one in rules if isinstance(one, Mapping)]
        if isinstance(rules, list)
        else [],
        unpublished_at=text(payload, "unpublished_at") or None,
    )


def text(payload: Mapping[str, Any], name: str) -> str:
    """Return a text, empty where there is none."""
    value = payload.get(name)
    return value if isinstance(value, str) else ""


def links_of(payload: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the links of a payload of any kind: link type → content ids."""
    links = payload.get("links")
    if not isinstance(links, Mapping):
        return {}
    return {
        str(kind): [one for one in ids if isinstance(one, str)]
        for kind, ids in links.items()
        if isinstance(ids, list)
    }
