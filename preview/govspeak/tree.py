"""The typed tree between parsing and writing."""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any


class Node:
    """One piece of a document.

    `kind` names the rule that the writer uses, `text` is its own text where it has one,
    `attributes` are those of its HTML element, `options` what only parser and writer know.
    """

    __slots__ = ("attributes", "children", "kind", "options", "text")

    def __init__(self, kind: str, text: str = "", attributes: dict[str, str] | None = None) -> None:
        self.kind = kind
        self.text = text
        self.attributes = {} if attributes is None else attributes
        self.children: list[Node] = []
        self.options: dict[str, Any] = {}

    def add_text(self, text: str, kind: str = "text") -> None:
        """Append text, joining it to text that stands last."""
        if not text:
            return
        if self.children and self.children[-1].kind == kind:
            self.children[-1].text += text
        else:
            self.children.append(Node(kind, text))

    def add_piece(self, text: str) -> None:
        """Append a piece of text; `join_pieces` makes one text of those that stand together."""
        if text:
            self.children.append(Node("text", text))

    def join_pieces(self) -> None:
        """Join pieces of text that stand together, each character copied once."""
        kinds = [child.kind for child in self.children]
        if not any(one == after == "text" for one, after in pairwise(kinds)):
            return
        joined: list[Node] = []
        for kind, group in groupby(self.children, key=attrgetter("kind")):
            if kind == "text":
                joined.append(Node("text", "".join([child.text for child in group])))
            else:
                joined.extend(group)
        self.children = joined

    def give(self, attributes: dict[str, Any]) -> None:
        """Add the attributes of an attribute list; classes add up, the rest replaces."""
        for name, value in attributes.items():
            if name == "class" and self.attributes.get("class"):
                self.attributes["class"] += f" {value}"
            else:
                self.attributes[name] = value
