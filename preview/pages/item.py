"""A content item, parsed once: past this module a page sees typed fields only.

Source: alphagov/publishing-api `content_schemas/formats/`, `lib/expansion_rules.rb`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, cached_property, partial
from typing import Any

from preview.pages.embedded import options_of
from preview.pages.fields import Fields
from preview.pages.remarks import Remarks

NAMED_OTHERWISE = frozenset({"available_translations", "taxonomy_topic_email_override"})


def named(row: Mapping[str, Any], kind: str) -> bool:
    """Return whether a linked item can be shown: by its title, or else by what the page says."""
    return kind in NAMED_OTHERWISE or isinstance(row.get("title"), str)


class ContentItem(Fields):
    """An item, or one that it links to, which has fewer fields and perhaps links of its own."""

    def __init__(self, raw: Mapping[str, Any], remarks: Remarks, pointer: str = "") -> None:
        super().__init__(raw, pointer, remarks, cache(partial(options_of, raw)))
        self._links: dict[str, list[ContentItem]] = {}

    @cached_property
    def details(self) -> Fields:
        """The fields that depend on the schema."""
        return self.fields("details")

    @cached_property
    def title(self) -> str:
        """The title."""
        return self.text("title")

    @cached_property
    def description(self) -> str:
        """The summary, which most pages show as their lead paragraph."""
        return self.text("description")

    @cached_property
    def content_id(self) -> str:
        """What stays the same across editions and languages."""
        return self.text("content_id")

    @cached_property
    def schema_name(self) -> str:
        """What the item is made of."""
        return self.text("schema_name")

    @cached_property
    def document_type(self) -> str:
        """What the item is to people."""
        return self.text("document_type")

    @cached_property
    def base_path(self) -> str:
        """Where the item stands; empty for one without a page."""
        return self.text("base_path")

    @cached_property
    def locale(self) -> str:
        """The language."""
        return self.text("locale") or "en"

    @cached_property
    def first_published_at(self) -> datetime | None:
        """When its first edition went live."""
        return self.moment("first_published_at")

    @cached_property
    def public_updated_at(self) -> datetime | None:
        """When it last changed in a way that readers care about."""
        return self.moment("public_updated_at")

    @cached_property
    def withdrawn_notice(self) -> Fields:
        """Why and when it was withdrawn; empty where it was not."""
        return self.fields("withdrawn_notice")

    @cached_property
    def withdrawn(self) -> bool:
        """Whether it was withdrawn: the item has a notice, a linked one a flag."""
        return bool(self.withdrawn_notice) or self.flag("withdrawn")

    def links(self, kind: str) -> list[ContentItem]:
        """Return the expanded links of a kind; those that nothing expanded are remarked."""
        if kind not in self._links:
            self._links[kind] = list(self._expanded(kind))
        return self._links[kind]

    def _expanded(self, kind: str) -> Iterable[ContentItem]:
        links = self.raw.get("links")
        rows = links.get(kind) if isinstance(links, Mapping) else None
        for at, row in enumerate(rows if isinstance(rows, list) else []):
            if isinstance(row, Mapping) and named(row, kind):
                yield ContentItem(row, self.remarks, f"{self.pointer}/links/{kind}/{at}")
            elif isinstance(row, str):
                what = f"A link of the kind “{kind}” could not be looked up, so it is not shown."
                self.remarks.add("missing_link", what, f"{kind} {row[:36]}")

    def link(self, kind: str) -> ContentItem | None:
        """Return the first link of a kind."""
        found = self.links(kind)
        return found[0] if found else None

    def links_of_type(self, kind: str, document_type: str) -> list[ContentItem]:
        """Return the links of a kind that lead to one document type."""
        return [one for one in self.links(kind) if one.document_type == document_type]

    def link_titles(self, kind: str) -> list[str]:
        """Return the titles of the links of a kind."""
        return [one.title for one in self.links(kind)]
