"""The typed tree between parsing and writing.

Large texts have hundreds of thousands of pieces, and every object costs time when it is made, kept
and looked through by the garbage collector. So text is a plain `str`, and a node without attributes
shares an empty mapping with all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any, TypeAlias

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Node:
    """One piece of a document that is no plain text.

    `kind` names the rule that the writer uses, `text` is its own text where it has one,
    `attributes` are those of its HTML element, `options` what only parser and writer know. Text
    among `children` is read as spans later, or was.
    """

    __slots__ = ("attributes", "children", "kind", "options", "text")

    def __init__(self, kind: str, text: str = "", attributes: Mapping[str, str] = NOTHING) -> None:
        self.kind = kind
        self.text = text
        self.attributes = attributes
        self.children: list[Piece] = []
        self.options: Mapping[str, Any] = NOTHING

    @property
    def last(self) -> Node | None:
        """Return the node that stands last; None where there is none, or text behind it."""
        last = self.children[-1] if self.children else None
        return last if isinstance(last, Node) else None

    @property
    def nodes(self) -> list[Node]:
        """Return the nodes among the children."""
        return [child for child in self.children if isinstance(child, Node)]

    def add_text(self, text: str) -> None:
        """Append text, joining it to text that stands last."""
        children = self.children
        if not text:
            return
        if children and isinstance(last := children[-1], str):
            children[-1] = last + text
        else:
            children.append(text)

    def join_texts(self) -> None:
        """Join texts that stand together, each character copied once."""
        children = self.children
        after_text = False
        for child in children:
            is_text = isinstance(child, str)
            if is_text and after_text:
                break
            after_text = is_text
        else:
            return
        joined: list[Piece] = []
        for kind, group in groupby(children, key=type):
            if kind is str:
                joined.append("".join(group))  # type: ignore[arg-type]  # all of them are text
            else:
                joined.extend(group)
        self.children = joined

    def keep(self, name: str, value: object) -> None:
        """Set an option."""
        self.options = {**self.options, name: value}

    def set(self, name: str, value: str) -> None:
        """Set an attribute."""
        self.attributes = {**self.attributes, name: value}

    def give(self, attributes: Mapping[str, str]) -> None:
        """Add the attributes of an attribute list; classes add up, the rest replaces."""
        if not attributes:
            return
        own = self.attributes
        if not isinstance(own, dict):
            own = self.attributes = {}
        for name, value in attributes.items():
            if name == "class" and own.get("class"):
                own["class"] += f" {value}"
            else:
                own[name] = value


class Leaf(Node):
    """A node that never holds anything, and so has no list for it."""

    __slots__ = ()
    children = ()  # type: ignore[assignment]  # what is added to it by mistake must fail

    def __init__(  # no list is made
        self, kind: str, text: str = "", attributes: Mapping[str, str] = NOTHING
    ) -> None:
        self.kind = kind
        self.text = text
        self.attributes = attributes
        self.options = NOTHING


Piece: TypeAlias = Node | str
