"""Elements with their texts, made of the flat list of tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from preview.reading import Event, Start, squeezed

# Elements whose whole text some rule looks at; deeper than this a text counts for the inner ones.
WITH_TEXT = frozenset({"a", "abbr", "b", "caption", "code", "figcaption", "p", "strong", "th", "u"})
WITH_TEXT |= {f"h{level}" for level in range(1, 7)}
DEEPEST = 12
RICH = frozenset({"govspeak", "gem-c-govspeak", "rich-text"})
MADE = frozenset({"attachment", "gem-c-attachment", "gem-c-attachment-link"})
UNREAD = frozenset({"script", "style", "template", "noscript"})


@dataclass
class Element:
    """An element: its start tag, its text on one line, the names of what stands in it."""

    start: Start
    parts: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """Its name."""
        return self.start.tag

    @cached_property
    def text(self) -> str:
        """Its text, images by their alternative text."""
        return squeezed("".join(self.parts))

    def get(self, name: str) -> str:
        """Return an attribute, empty where there is none."""
        return self.start.get(name)

    def has(self, name: str) -> bool:
        """Return whether it has an attribute."""
        return name in self.start.attributes


def elements_of(found: list[Event]) -> list[Element]:
    """Return every element in the order of their start tags."""
    elements: list[Element] = []
    stack: list[Element] = []
    texts: list[Element] = []
    for event in found:
        if isinstance(event, str):
            if texts and stack[-1].tag not in UNREAD:
                say(texts, event)
        elif isinstance(event, Start):
            element = Element(event)
            elements.append(element)
            for outer in texts[-DEEPEST:]:
                outer.inside.append(event.tag)
            if event.tag == "img":
                say(texts, event.get("alt"))
            stack.append(element)
            if event.tag in WITH_TEXT:
                texts.append(element)
        elif stack and stack.pop() is (texts[-1] if texts else None):
            texts.pop()
    return elements


def say(texts: list[Element], text: str) -> None:
    """Add a text to the elements that it stands in, the innermost of many."""
    for element in texts[-DEEPEST:]:
        element.parts.append(text)


def content_of(found: list[Event]) -> list[Event]:
    """Return what an editor wrote: the rich texts, else what is in `main`, else all.

    Files in a text are left out: a template writes what stands there.
    """
    rich = within(found, lambda start: bool(RICH.intersection(start.classes)))
    whole = rich or within(found, lambda start: start.tag == "main") or found
    made = set(map(id, within(whole, lambda start: bool(MADE.intersection(start.classes)))))
    return [event for event in whole if id(event) not in made] if made else whole


def within(found: list[Event], wanted: Callable[[Start], bool]) -> list[Event]:
    """Return the events inside the elements that are wanted, the elements themselves too."""
    depth, inside = 0, []
    for event in found:
        opens = isinstance(event, Start)
        if depth or (isinstance(event, Start) and wanted(event)):
            inside.append(event)
            depth += 0 if isinstance(event, str) else 1 if opens else -1
    return inside
