"""A page as the checks see it: parsed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from preview.pages.item import ContentItem
from preview.pages.remarks import Remarks
from preview.quality.elements import Element, content_of, elements_of
from preview.quality.sentences import Prose
from preview.quality.violation import Violation
from preview.reading import Block, Event, Start, events, read_events

Known = Callable[[str], bool | None]
TEXTUAL = frozenset({"paragraph", "item", "description"})


def nobody_knows(path: str) -> None:
    """Know of no page."""
    del path


@dataclass(frozen=True)
class Around:
    """What a page stands in.

    now: the time, with its offset. known: whether there is a page at a path, in the pack or live;
    None where nobody knows. hosts: of the live site. draft_parts: parts of a host that only a draft
    or test environment has. violations: what axe-core saw of the page in a browser.
    """

    now: datetime
    known: Known = nobody_knows
    hosts: tuple[str, ...] = ("www.gov.uk", "gov.uk")
    draft_parts: tuple[str, ...] = (
        "draft-origin",
        "integration",
        "staging",
        "localhost",
        "preview",
    )
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class Page:
    """The tags of a page, its content as blocks, and the item that it is made of."""

    all_events: list[Event]
    item: ContentItem
    raw: Mapping[str, Any]
    around: Around
    content: list[Event] = field(default_factory=list)

    @classmethod
    def of(cls, html: str, item: Mapping[str, Any], around: Around) -> Page:
        """Parse a page; what an editor wrote is its rich texts, else `main`, else all of it."""
        found = events(html)
        return cls(found, ContentItem(item, Remarks()), item, around, content_of(found))

    @cached_property
    def elements(self) -> list[Element]:
        """Every element of the content, in order."""
        return elements_of(self.content)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the content."""
        return read_events(self.content)

    @cached_property
    def prose(self) -> list[Prose]:
        """The blocks with sentences in them, in any language."""
        return [one for one in self.read if one.block.kind in TEXTUAL]

    @cached_property
    def read(self) -> list[Prose]:
        """All blocks with their words."""
        return [Prose(block) for block in self.blocks]

    @cached_property
    def english(self) -> bool:
        """Whether the page is in English, so that rules of English style hold."""
        return self.item.locale == "en"

    @cached_property
    def english_read(self) -> list[Prose]:
        """The blocks that rules of English style hold for, with their words."""
        return (
            [one for one in self.read if one.block.language in ("", "en")] if self.english else []
        )

    @cached_property
    def english_blocks(self) -> list[Block]:
        """The blocks that rules of English style hold for."""
        return [one.block for one in self.english_read]

    @cached_property
    def by_tag(self) -> dict[str, list[tuple[int, Element]]]:
        """The elements of the content by their names, each with its place."""
        found: dict[str, list[tuple[int, Element]]] = {}
        for at, element in enumerate(self.elements):
            found.setdefault(element.tag, []).append((at, element))
        return found

    def named(self, *tags: str) -> list[Element]:
        """Return the elements of the content with one of these names, in order."""
        found = [one for tag in tags for one in self.by_tag.get(tag, [])]
        return [element for _, element in sorted(found, key=lambda one: one[0])]

    @cached_property
    def ids(self) -> Counter[str]:
        """The ids of the whole page, with how often each stands there."""
        starts = (event for event in self.all_events if isinstance(event, Start))
        return Counter(start.get("id") for start in starts if start.get("id"))
