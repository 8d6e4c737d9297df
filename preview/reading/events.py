"""HTML as a flat list of tags and texts.

Source: libxml2's HTML parser, which tells of each tag as it comes and so builds no tree: time is
linear in the text however deep it nests, where parsers that build one take its square.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
)


@dataclass(frozen=True, slots=True)
class Start:
    """A tag that opens; names are lower case."""

    tag: str
    attributes: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        """The names in its class attribute."""
        return self.get("class").split()


@dataclass(frozen=True, slots=True)
class End:
    """A tag that closes; every tag that opens closes, void elements too."""

    tag: str


Event = Start | End | str


class Gatherer:
    """What the parser tells, in order; neighbouring texts are one."""

    def __init__(self) -> None:
        self.found: list[Event] = []
        self.texts: list[str] = []

    def say(self) -> None:
        """End the text that comes in pieces."""
        if self.texts:
            self.found.append("".join(self.texts))
            self.texts = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Gather a tag that opens."""
        self.say()
        self.found.append(Start(tag, dict(attributes)))

    def end(self, tag: str) -> None:
        """Gather a tag that closes."""
        self.say()
        self.found.append(End(tag))

    def data(self, text: str) -> None:
        """Gather a text."""
        self.texts.append(text)

    def comment(self, text: str) -> None:
        """Leave a comment out: nobody reads it."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Leave a processing instruction out."""

    def close(self) -> list[Event]:
        """Return what was gathered."""
        self.say()
        return self.found


def events(html: str) -> list[Event]:
    """Return the tags and texts of any HTML, balanced; no text is an error."""
    parser = etree.HTMLParser(target=cast("Any", Gatherer()), huge_tree=True)
    parser.feed(html.encode("utf-8", "replace").decode("utf-8"))
    return cast("list[Event]", parser.close())
