"""Link expansion as the publishing platform does it.

Public: `PublishingRules`, the implementation of `preview.overlay.live.LinkExpander`.

Source: alphagov/publishing-api `lib/expansion_rules.rb`, `lib/link_expansion/`,
`docs/link-expansion.md`, `docs/dependency-resolution.md`.
"""

from __future__ import annotations

from typing import Any

from preview.overlay.live import Item, Json, LinkSource, LiveContent
from publishing_bridge.links.dependents import dependents
from publishing_bridge.links.expansion import Expansion
from publishing_bridge.links.fields import outward
from publishing_bridge.links.paths import REVERSE_NAMES

__all__ = ["PublishingRules"]


class PublishingRules:
    """The rules of Publishing API."""

    reverse_names = REVERSE_NAMES

    def expand(
        self, item: Item, source: LinkSource, *, keep_missing: bool = False
    ) -> dict[str, list[Any]]:
        """Return the expanded links of an item; see `LinkExpander`."""
        return Expansion(item, source, keep_missing=keep_missing).links()

    def dependents(
        self, content_id: str, document_type: str, live: LiveContent, most: int
    ) -> list[str]:
        """Return which live items show this one, nearest first; see `LinkExpander`."""
        return dependents(content_id, document_type, live, most)

    def outward(self, fields: Json) -> Json:
        """Return what other pages can show of an item; see `LinkExpander`."""
        return outward(fields)
