"""The typed tree between parsing and writing."""

from __future__ import annotations

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

    def give(self, attributes: dict[str, Any]) -> None:
        """Add the attributes of an attribute list; classes add up, the rest replaces."""
        for name, value in attributes.items():
            if name == "class" and self.attributes.get("class"):
                self.attributes["class"] += f" {value}"
            else:
                self.attributes[name] = value
