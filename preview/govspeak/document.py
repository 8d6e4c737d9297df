"""What a text defines anywhere and uses everywhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from preview.govspeak.attribute_lists import Lists
from preview.govspeak.tree import Node


@dataclass(slots=True)
class LinkDefinition:
    """`[id]: address "title"`, and the attribute list behind it."""

    address: str
    title: str | None
    node: Node


@dataclass(slots=True)
class Footnote:
    """`[^name]: content`; `marks` counts how often it was referred to."""

    name: str
    content: Node
    node: Node
    number: int = 0
    marks: int = 0


@dataclass
class Document:
    """Definitions of one text, and what its language and its links depend on."""

    document_domains: frozenset[str] = frozenset({"www.gov.uk"})
    mark_external: bool = True
    comments: int = 0
    ordered_lists: bool = True
    links: dict[str, LinkDefinition] = field(default_factory=dict)
    footnotes: dict[str, Footnote] = field(default_factory=dict)
    used_footnotes: list[Footnote] = field(default_factory=list)
    abbreviations: dict[str, tuple[str, Node]] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)


SPACES = re.compile(r"\s+")


def link_id(text: str) -> str:
    """Return the id of a link reference: case and white space make no difference."""
    return SPACES.sub(" ", text).lower()
